using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>What an invitation promises, and whether it is kept.</summary>
[Trait("Pace", "long")]
public sealed class InvitationRoleTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;
    private ApiClient admin = null!, client = null!;
    private Person administrator = null!, somebody = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        (admin, client) = (server.Client(), server.Client());
        administrator = await server.SignInAdministratorAsync(admin);
        somebody = Some.Person();
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        client.Dispose();
        await server.DisposeAsync();
    }

    /// <summary>What an administrator has promised who is one no more is not kept: the account is made, and holds nothing.</summary>
    [Theory]
    [InlineData("roles = '{}'"), InlineData("roles = '{editor}'"), InlineData("is_active = false"), InlineData("email_verified = false")]
    [InlineData("deleted_at = now(), erase_after = now() + interval '9 days'"), InlineData("frozen_until = now() + interval '1 day'")]
    public async Task RO_06_Roles_are_given_only_if_who_invites_can_act_as_an_administrator_when_it_is_accepted(string assignment)
    {
        var tokens = new[] { await server.InvitationAsync(admin, somebody.Email, "admin"), await server.InvitationAsync(admin, Some.Email("other"), "editor") };
        await server.Database.ChangeAsync(administrator, assignment);
        (await client.AcceptAsync(somebody, tokens[0])).AssertBody(201, InvitationSteps.Accepted);
        (await client.AcceptAsync(Some.Person() with { Email = Some.Email("other") }, tokens[1])).AssertBody(201, InvitationSteps.Accepted);
        Assert.Equal(2, await server.Database.CountAsync("users", "email_verified AND roles = '{}' AND email <> @email", ("email", administrator.Email)));
        Assert.StartsWith("""{"roles": [], "invitation": """, (await server.Database.AcceptedAsync(somebody)).After, StringComparison.Ordinal);
        await client.SignInAsync(somebody);
        (await client.GetAsync(AdminSteps.Users)).AssertRefused(403, "permission_denied");
    }

    [Fact]
    public async Task RO_06_Who_was_suspended_and_is_in_again_has_promised_what_counts()
    {
        var token = await server.InvitationAsync(admin, somebody.Email, "editor");
        await server.Database.ChangeAsync(administrator, "is_active = false, suspended_until = now() - interval '1 second'");
        await client.AcceptAsync(somebody, token);
        Assert.Equal(1, await server.Database.UsersAsync(somebody.Email, "roles = '{editor}'"));
    }
}
