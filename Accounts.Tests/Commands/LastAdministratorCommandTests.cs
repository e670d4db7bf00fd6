using Accounts.Tests.Admin;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Commands;

/// <summary>An operator ends the last administrator no more than anybody else does.</summary>
[Trait("Pace", "long")]
public sealed class LastAdministratorCommandTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;
    private ApiClient one = null!, other = null!;
    private Person first = null!, second = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        (one, other) = (server.Client(), server.Client());
        (first, second) = (await server.SignInAdministratorAsync(one), await server.SignInAdministratorAsync(other));
    }

    public async ValueTask DisposeAsync()
    {
        one.Dispose();
        other.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("set-roles", "--none"), InlineData("set-roles", "editor"), InlineData("deactivate"), InlineData("delete"), InlineData("erase", "--yes")]
    public async Task RO_06_The_last_one_stays_and_of_two_one_may_go(string act, params string[] more)
    {
        await server.DoneAsync(["users", act, second.Username, .. more]);
        (await server.CommandAsync(["users", act, first.Username, .. more])).AssertRefused("This is the last administrator. Make somebody else one first.");
        Assert.Equal(1, await AdministratorsAsync());
        Assert.Equal(200, (await one.GetAsync(AdminSteps.Users)).Status);
        Assert.Equal(0, await server.Database.CountAsync("security_events e JOIN users u ON u.id = e.user_id", "u.email = @email AND e.actor_ip = '' AND e.kind <> 'administration_read'", ("email", first.Email)));
    }

    [Theory]
    [InlineData("set-roles", "--none"), InlineData("deactivate"), InlineData("delete")]
    public async Task RO_06_A_command_and_an_administrator_who_end_one_each_at_once_leave_one(string act, params string[] more)
    {
        for (var round = 0; round < Rounds.Count; round++)
        {
            foreach (var (client, person) in new[] { (one, first), (other, second) })
            {
                await server.Database.ChangeAsync(person, "roles = '{admin}', is_active = true, suspended_until = NULL, deleted_at = NULL, erase_after = NULL");
                await client.SignInAsync(person);
            }
            var address = await server.Database.AddressAsync(second);
            var (command, http) = (Rounds.SoonAsync(() => server.CommandAsync(["users", act, first.Username, .. more])), Rounds.SoonAsync(() => one.PutRolesAsync(address)));
            var (run, answer) = (await command, await http);
            Assert.True(await AdministratorsAsync() == 1, $"round {round}: {run}, {answer}");
            Assert.True((run.ExitCode == 0) != (answer.Status == 200), $"round {round}: {run}, {answer}");
        }
    }

    private Task<long> AdministratorsAsync() => server.Database.CountAsync(
        "users", "'admin' = ANY (roles) AND email_verified AND (is_active OR suspended_until <= now()) AND deleted_at IS NULL AND (frozen_until IS NULL OR frozen_until <= now())");
}
