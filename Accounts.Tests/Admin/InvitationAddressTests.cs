using Accounts.Tests.Recovery;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>An address is one address, however it is written, and whoever may have it back has it.</summary>
public sealed class InvitationAddressTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly Person somebody = Some.Person();
    private ApiClient admin = null!, client = null!;

    public async ValueTask InitializeAsync()
    {
        (admin, client) = (server.Client(), server.Client());
        await server.SignInAdministratorAsync(admin);
    }

    public ValueTask DisposeAsync()
    {
        admin.Dispose();
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_mail_that_waits_does_not_leave_once_the_address_is_invited_again_in_other_capitals()
    {
        await server.InvitationAsync(admin, somebody.Email);
        await server.Database.ExecuteAsync(
            "UPDATE outbox_messages SET state = 'queued', sent_at = NULL, payload = '\\x00', due_at = now() + interval '1 hour' WHERE recipient = @email", ("email", somebody.Email));
        var written = somebody.Email.ToUpperInvariant();
        var token = await server.InvitationAsync(admin, written);
        Assert.Equal(1, await server.Database.CountAsync("outbox_messages", "recipient = @email AND state = 'abandoned' AND payload IS NULL", ("email", somebody.Email)));
        Assert.Equal(1, await server.Database.CountAsync("invitations", "email = @email", ("email", written)));
        (await client.AcceptAsync(somebody, token)).AssertBody(201, InvitationSteps.Accepted);
    }

    /// <summary>Else the link is good, and whoever follows it is refused.</summary>
    [Fact]
    public async Task SG_08_An_address_that_its_user_may_have_back_is_not_invited_until_they_may_not()
    {
        var owner = await server.RegisterVerifiedAsync(client);
        await client.SignInAsync(owner);
        await server.MoveAsync(client, Some.Email());
        (await admin.InviteAsync(owner.Email.ToUpperInvariant(), "editor")).AssertBody(400, """{"email":["user with this email already exists."]}""");
        Assert.Equal((0, 0), (await server.Database.CountAsync("invitations", "lower(email) = @email", ("email", owner.Email)), await server.Database.CountAsync("outbox_messages", "template = 'invitation' AND lower(recipient) = @email", ("email", owner.Email))));
        await server.Database.ExecuteAsync("UPDATE account_changes SET expires_at = clock_timestamp() WHERE email = @email", ("email", owner.Email));
        var token = await server.InvitationAsync(admin, owner.Email, "editor");
        using var newcomer = server.Client();
        (await newcomer.AcceptAsync(somebody with { Email = owner.Email }, token)).AssertBody(201, InvitationSteps.Accepted);
    }
}
