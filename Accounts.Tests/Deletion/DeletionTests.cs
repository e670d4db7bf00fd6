using Accounts.Tests.Passwords;
using Accounts.Tests.Recovery;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Deletion;

/// <summary>From the wish to leave until nothing is left.</summary>
public sealed class DeletionTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task SE_09_A_deletion_ends_every_session_at_once_and_tells_the_owner()
    {
        using var client = server.Client();
        using var elsewhere = server.Client();
        var person = await client.SignInSomebodyAsync();
        await elsewhere.SignInAsync(person);
        var answer = await client.DeleteAccountAsync(person.Password);
        Assert.Equal((204, ""), (answer.Status, answer.RefreshCookie));
        await elsewhere.AssertOutAsync();
        (await client.MeAsync()).AssertAccessRefused("revoked");
        var mail = await server.Mailbox.WaitAsync(person.Email, 2);
        Assert.Contains("was deleted", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("/erase#token=", mail.Text, StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.EventsAsync(person, "account_deleted"));
    }

    [Fact]
    public async Task A_stolen_access_token_alone_deletes_nothing()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        (await client.DeleteAccountAsync("guess")).AssertBody(400, """{"password":["Your password was entered incorrectly. Please enter it again."]}""");
        await server.Database.CountedAsync(person, "sign_in_failed", 1);
        await client.AgeProofAsync(server);
        (await client.DeleteAccountAsync()).AssertRefused(403, "reauthentication_required");
        (await client.DeleteAccountAsync("")).AssertBody(400, """{"password":["This field may not be blank."]}""");
        client.Access = null;
        (await client.DeleteAccountAsync(person.Password)).AssertRefused(401, "not_authenticated");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "deleted_at IS NULL"));
    }

    [Fact]
    public async Task Who_has_just_signed_in_needs_no_password_to_leave()
    {
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        Assert.Equal(204, (await client.DeleteAccountAsync()).Status);
    }

    [Fact]
    public async Task Its_owner_alone_learns_that_it_is_deleted_and_has_it_back()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await client.DeleteAccountAsync(person.Password);
        (await client.LoginAsync(person with { Password = "not-the-password-1" })).AssertRefused(401, "invalid_credentials");
        var refused = await client.LoginAsync(person);
        refused.AssertRefused(403, "account_deleted");
        Assert.InRange(DateTimeOffset.Parse(refused["restore_until"]!, null), DateTimeOffset.UtcNow.AddDays(13.9), DateTimeOffset.UtcNow.AddDays(14));
        var token = await EraseTokenAsync(person);
        var back = await client.ReturnAsync(person);
        Assert.Equal((200, "true"), (back.Status, back["restored"]));
        Assert.Equal(200, (await client.MeAsync(back.Access)).Status);
        Assert.Contains("is back", (await server.Mailbox.WaitAsync(person.Email, 3)).Subject, StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.EventsAsync(person, "account_restored"));
        (await client.EraseAsync(token)).AssertRefused(400, "invalid_token");
        Assert.Null((await client.LoginAsync(person))["restored"]);
    }

    /// <summary>Else the one mail that counts would lie under a hundred.</summary>
    [Fact]
    public async Task SG_08_Deleting_it_again_and_again_is_told_five_times_an_hour_and_then_gathered()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        for (var round = 0; round < 7; round++)
        {
            Assert.Equal(204, (await client.DeleteAccountAsync(person.Password)).Status);
            client.Access = (await client.ReturnAsync(person)).Access;
        }
        Assert.Equal((7, 5, 1), (
            await server.Database.EventsAsync(person, "account_deleted"),
            await server.Database.CountAsync("outbox_messages", "recipient = @email AND template = 'account_deleted'", ("email", person.Email)),
            await server.Database.CountAsync("outbox_messages", "recipient = @email AND template = 'more_changes'", ("email", person.Email))));
    }

    [Fact]
    public async Task Links_from_before_do_nothing_for_who_has_left()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var reset = await server.ResetTokenAsync(client, person);
        await client.DeleteAccountAsync(person.Password);
        (await client.ResetAsync(reset)).AssertRefused(400, "invalid_token");
        Assert.Equal(400, (await client.RegisterAsync(person)).Status);
    }

    [Fact]
    public async Task LG_06_When_its_time_is_over_all_of_it_goes_and_address_and_name_are_free()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var id = (await client.MeAsync())["id"]!;
        var refresh = client.RefreshCookie!;
        await client.DeleteAccountAsync(person.Password);
        await server.Mailbox.WaitAsync(person.Email, 2);
        await Until.TrueAsync(async () => await server.Database.CountAsync("outbox_messages", "state <> 'sent' AND recipient = @email", ("email", person.Email)) == 0, "all mails are sent");
        await server.Database.LetTimeRunOutAsync(person);
        (await client.ReturnAsync(person)).AssertRefused(403, "account_deleted");
        await server.EraseAllAsync();
        var dump = await server.Database.DumpAsync();
        Assert.DoesNotContain(person.Email, dump, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(person.Username, dump, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await server.Database.CountAsync("security_events", $"user_id = '{id}' AND (ip NOT IN ('', '255.255.255.255') OR user_agent <> '')"));
        (await client.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        (await client.RefreshAsync(refresh)).AssertRefreshRefused("invalid", cookieCleared: true);
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        await client.SignInAsync(person);
        Assert.NotEqual(id, (await client.MeAsync())["id"]);
    }

    [Fact]
    public async Task The_link_of_the_mail_erases_before_the_time_and_once()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await client.DeleteAccountAsync(person.Password);
        var token = await EraseTokenAsync(person);
        await server.Database.CloseWindowsAsync(person);
        (await client.EraseAsync("x")).AssertRefused(400, "invalid_token");
        (await client.EraseAsync(token)).AssertBody(200, """{"detail":"Your account is being erased."}""");
        await Until.TrueAsync(async () => await server.Database.UsersAsync(person.Email) == 0, "it is erased");
        (await client.EraseAsync(token)).AssertRefused(400, "invalid_token");
    }

    [Fact]
    public async Task SG_08_Nothing_is_erased_while_the_deletion_may_be_a_thiefs_not_by_the_link_either()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await client.DeleteAccountAsync(person.Password);
        Assert.Equal(200, (await client.EraseAsync(await EraseTokenAsync(person))).Status);
        await server.EraseAllAsync();
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
        (await client.LoginAsync(person)).AssertBody(403, """{"detail":"This account was deleted, and is about to be erased.","code":"account_deleted"}""");
        Assert.Equal(200, (await client.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Deleted))).Status);
        Assert.Equal(200, (await client.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen))).Status);
        await client.SignInAsync(person with { Password = Some.OtherPassword });
    }

    /// <summary>That of the mail about the deletion, which has another link, too.</summary>
    private async Task<string> EraseTokenAsync(Person person) =>
        (await server.Mailbox.WaitAsync(person.Email, 2)).Text.Split("/erase#token=")[1].Split()[0];
}
