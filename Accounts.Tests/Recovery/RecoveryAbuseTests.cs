using Accounts.Tests.Passwords;
using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Recovery;

/// <summary>What "this wasn't me" must not be good for.</summary>
public sealed class RecoveryAbuseTests(SocialServer shared) : IClassFixture<SocialServer>, IAsyncLifetime
{
    private const string Stolen = "stolen-tulips-44";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private ApiClient owner = null!, thief = null!;
    private Person person = null!;
    private string link = "";

    public async ValueTask InitializeAsync()
    {
        (owner, thief) = (server.Client(), server.Client());
        person = await server.RegisterVerifiedAsync(owner);
        await thief.StealAsync(person, Stolen);
        link = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Changed);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        thief.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_08_A_look_changes_nothing()
    {
        var before = (await server.Database.UserStateAsync(person), await server.Database.ChangesAsync(person));
        var answer = await owner.ReviewAsync(link);
        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain("@", answer.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await owner.ReviewAsync(link)).Status);
        Assert.Equal(before, (await server.Database.UserStateAsync(person), await server.Database.ChangesAsync(person)));
        Assert.Equal(200, (await thief.MeAsync()).Status);
    }

    /// <summary>A forwarded mail, a mailbox that somebody else reads along: it can be a nuisance, and no more.</summary>
    [Fact]
    public async Task SG_08_Who_holds_the_link_alone_freezes_and_can_do_nothing_else()
    {
        (await thief.RecoverAsync(link)).AssertRefused(400, "invalid_token");
        (await thief.ResetAsync(link)).AssertRefused(400, "invalid_token");
        (await thief.VerifyAsync(link)).AssertRefused(400, "invalid_token");
        Assert.Equal(200, (await thief.FreezeAsync(link)).Status);
        (await thief.RecoverAsync(link)).AssertRefused(400, "invalid_token");
        (await owner.LoginAsync(person with { Password = Stolen })).AssertRefused(403, "account_frozen");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{password}' AND deleted_at IS NULL"));
    }

    [Fact]
    public async Task SG_08_The_mailbox_alone_without_a_link_has_nothing_back()
    {
        (await thief.FreezeAsync("x")).AssertRefused(400, "invalid_token");
        (await thief.ReviewAsync("x")).AssertRefused(400, "invalid_token");
        (await thief.RecoverAsync("x")).AssertRefused(400, "invalid_token");
        (await thief.FreezeAsync(await server.ResetTokenAsync(owner, person))).AssertRefused(400, "invalid_token");
        Assert.Equal(0, await server.Database.EventsAsync(person, "account_frozen"));
    }

    [Fact]
    public async Task SG_08_A_freeze_makes_void_the_links_of_what_came_after()
    {
        Assert.Equal(200, (await thief.ConnectAsync(provider, Identity.OfGitHub())).Status);
        var later = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Connected);
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        (await thief.ReviewAsync(later)).AssertRefused(400, "invalid_token");
        (await thief.FreezeAsync(later)).AssertRefused(400, "invalid_token");
        Assert.Equal("true", (await owner.ReviewAsync(link))["frozen"]);
    }

    /// <summary>The mails of what comes after a changed address go to the thief.</summary>
    [Fact]
    public async Task SG_08_A_thief_who_freezes_first_by_a_mail_of_their_own_loses_to_the_link_of_before()
    {
        var mailbox = Some.Email();
        await server.MoveAsync(thief, mailbox);
        Assert.Equal(200, (await thief.ConnectAsync(provider, Identity.OfGitHub())).Status);
        Assert.Equal(200, (await thief.FreezeAsync(await server.RecoveryTokenAsync(mailbox, RecoverySteps.Connected))).Status);
        var theirs = await server.RecoveryTokenAsync(mailbox, RecoverySteps.Frozen);
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        (await thief.RecoverAsync(theirs, "stolen-again-5")).AssertRefused(400, "invalid_token");
        var back = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen);
        Assert.Single(server.MailsAbout(mailbox, RecoverySteps.Frozen));
        Assert.Equal(200, (await owner.RecoverAsync(back)).Status);
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "ways = '{password}'"));
    }

    [Fact]
    public async Task SG_08_A_thief_who_has_had_it_back_by_a_mail_of_their_own_loses_it_to_the_link_of_before()
    {
        Assert.Equal(200, (await thief.ConnectAsync(provider, Identity.OfGitHub())).Status);
        Assert.Equal(200, (await thief.FreezeAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Connected))).Status);
        Assert.Equal(200, (await thief.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen), "stolen-again-5")).Status);
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        (await thief.LoginAsync(person with { Password = "stolen-again-5" })).AssertRefused(403, "account_frozen");
        Assert.Equal(200, (await owner.RecoverAsync(await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen, 2))).Status);
        await owner.SignInAsync(person with { Password = Some.OtherPassword });
    }

    /// <summary>Who connects and disconnects a hundred times must not hide the one mail that counts.</summary>
    [Fact]
    public async Task SG_08_Past_five_an_hour_changes_are_gathered_into_one_mail_and_none_is_dropped()
    {
        var identity = Identity.OfGitHub();
        for (var round = 0; round < 4; round++)
        {
            Assert.Equal(200, (await thief.ConnectAsync(provider, identity)).Status);
            Assert.Equal(204, (await thief.DisconnectAsync("github")).Status);
        }
        Assert.Equal(9, await server.Database.CountAsync("account_changes c JOIN users u ON u.id = c.user_id", "u.email = @email", ("email", person.Email)));
        Assert.Equal((4, 4), (await server.Database.EventsAsync(person, "social_account_connected"), await server.Database.EventsAsync(person, "social_account_disconnected")));
        Assert.Equal(1, await server.Database.CountAsync(
            "outbox_messages", "recipient = @email AND template = 'more_changes' AND due_at > clock_timestamp() + interval '9 minutes'", ("email", person.Email)));
        await Until.TrueAsync(() => Task.FromResult(server.MailsAbout(person.Email, "connected").Count == 4), "the first have a mail each");
        await server.Database.ExecuteAsync("UPDATE outbox_messages SET due_at = clock_timestamp() WHERE recipient = @email AND template = 'more_changes'", ("email", person.Email));
        var gathered = await server.RecoveryTokenAsync(person.Email, "More was changed");
        // Its own four, and the two connections of before.
        Assert.Equal(6, (await owner.ReviewAsync(gathered)).Json.GetProperty("events").GetArrayLength());
        // The next one is told by the next such mail.
        Assert.Equal(200, (await thief.ConnectAsync(provider, identity)).Status);
        Assert.Equal(1, await server.Database.CountAsync(
            "outbox_messages", "recipient = @email AND template = 'more_changes' AND state = 'queued'", ("email", person.Email)));
        Assert.Equal(4, server.MailsAbout(person.Email, "connected").Count);
    }

    [Fact]
    public async Task SG_08_A_freeze_stops_the_mails_that_still_wait_for_the_thief()
    {
        var mailbox = Some.Email();
        await server.MoveAsync(thief, mailbox);
        await server.Database.ExecuteAsync("""
            INSERT INTO outbox_messages (id, template, recipient, payload, state, attempts, due_at)
            SELECT gen_random_uuid(), 'password_changed', a, 'x', 'queued', 0, clock_timestamp() + interval '1 hour' FROM unnest(ARRAY[@before, @now]) a
            """, ("before", person.Email), ("now", mailbox));
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        Assert.Equal("abandoned", await StateAsync(mailbox));
        Assert.Equal("queued", await StateAsync(person.Email));
        Task<string> StateAsync(string address) => server.Database.ScalarAsync<string>(
            "SELECT state FROM outbox_messages WHERE recipient = @address AND due_at > clock_timestamp() + interval '1 minute'", ("address", address));
    }

    [Fact]
    public async Task SG_10_Who_first_proves_the_address_of_an_account_makes_void_the_links_of_before()
    {
        using var squatter = server.Client();
        var squatted = await squatter.SignInSomebodyAsync();
        Assert.Equal(200, (await squatter.ChangePasswordAsync(squatted.Password, Stolen)).Status);
        var before = await server.RecoveryTokenAsync(squatted.Email, RecoverySteps.Changed);
        Assert.Equal(200, (await owner.ReviewAsync(before)).Status);
        Assert.Equal(200, (await owner.ResetAsync(await server.ResetTokenAsync(owner, squatted))).Status);
        (await squatter.ReviewAsync(before)).AssertRefused(400, "invalid_token");
        (await squatter.FreezeAsync(before)).AssertRefused(400, "invalid_token");
        await owner.SignInAsync(squatted with { Password = Some.OtherPassword });
    }

    [Fact]
    public async Task SG_08_A_link_twice_freezes_once_and_mails_again()
    {
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        var first = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen);
        var epoch = await EpochAsync();
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        Assert.NotEqual(first, await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen, 2));
        Assert.Equal((1, epoch), (await server.Database.EventsAsync(person, "account_frozen"), await EpochAsync()));

        (await owner.RecoverAsync(first, "password")).AssertBody(400, """{"new_password":["This password is too common."]}""");
        Assert.Equal(200, (await owner.RecoverAsync(first)).Status);
        (await owner.RecoverAsync(first)).AssertRefused(400, "invalid_token");
        (await owner.FreezeAsync(link)).AssertRefused(400, "invalid_token");
        (await owner.ReviewAsync(link)).AssertRefused(400, "invalid_token");
        Assert.Equal(0, await server.Database.LiveTokensAsync(person, "recover"));
    }

    [Fact]
    public async Task SG_08_How_often_the_mail_is_sent_again_is_limited()
    {
        await using var limited = await shared.StartAnotherAsync(("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:MailsPerMinute", "1"));
        using var client = limited.Client();
        var somebody = await limited.RegisterVerifiedAsync(client);
        await client.StealAsync(somebody, Stolen);
        var token = await limited.RecoveryTokenAsync(somebody.Email, RecoverySteps.Changed);
        Assert.Equal(200, (await client.FreezeAsync(token)).Status);
        Assert.Equal(200, (await client.FreezeAsync(token)).Status);
        Assert.Equal(1, await limited.Database.LiveTokensAsync(somebody, "recover"));
    }

    [Fact]
    public async Task SG_08_After_7_days_a_link_does_nothing()
    {
        await server.Database.CloseWindowsAsync(person);
        (await owner.ReviewAsync(link)).AssertRefused(400, "invalid_token");
        (await owner.FreezeAsync(link)).AssertRefused(400, "invalid_token");
        Assert.Equal(200, (await thief.MeAsync()).Status);
    }

    [Fact]
    public async Task SG_08_A_freeze_ends_with_the_7_days_of_its_change()
    {
        Assert.Equal(200, (await owner.FreezeAsync(link)).Status);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "frozen_until = (SELECT expires_at FROM account_changes WHERE user_id = users.id)"));
        var recover = await server.RecoveryTokenAsync(person.Email, RecoverySteps.Frozen);
        await server.Database.CloseWindowsAsync(person);
        (await owner.RecoverAsync(recover)).AssertRefused(400, "invalid_token");
        await server.Database.ChangeAsync(person, "frozen_until = clock_timestamp()");
        (await owner.RecoverAsync(recover)).AssertRefused(400, "invalid_token");
        await owner.SignInAsync(person with { Password = Stolen });
    }

    [Fact]
    public async Task SG_08_What_undoes_a_change_is_stored_sealed_and_its_links_as_hashes()
    {
        var identity = Identity.OfGitHub();
        Assert.Equal(200, (await thief.ConnectAsync(provider, identity)).Status);
        var stored = await server.Database.ChangesAsync(person);
        Assert.DoesNotContain(link, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(identity.Uid, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(identity.Uid)), stored, StringComparison.OrdinalIgnoreCase);
    }

    private Task<long> EpochAsync() => server.Database.ScalarAsync<long>("SELECT sessions_epoch FROM users WHERE email = @email", ("email", person.Email));
}
