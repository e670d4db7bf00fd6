using Accounts.Tests.Deletion;
using Accounts.Tests.EmailChange;
using Accounts.Tests.NewDevices;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Recovery;

/// <summary>Who reads, and who erases, what was mailed to an address that an account has left or asked for.</summary>
public sealed class MovedMailTests(SocialServer shared) : IClassFixture<SocialServer>, IAsyncLifetime
{
    private const string Stolen = "stolen-tulips-44";

    private readonly TestServer server = shared.Server;
    private readonly string mailbox = Some.Email();
    private ApiClient owner = null!, thief = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, thief) = (server.Client(UserAgents.Firefox), server.Client(UserAgents.Chrome));
        person = await server.SignInVerifiedAsync(owner);
        await thief.StealAsync(person, Stolen);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        thief.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RE_07_Mails_to_addresses_from_before_are_exported_and_go_with_the_account_and_so_do_those_to_addresses_asked_for()
    {
        var (asked, others) = (Some.Email(), Some.Email());
        await server.MoveAsync(thief, mailbox);
        await server.ChangeTokenAsync(thief, asked);
        await server.ChangeTokenAsync(thief, others);
        using var other = server.Client();
        Assert.Equal(201, (await other.RegisterAsync(Some.Person() with { Email = others })).Status);
        await server.Database.WorkedOffAsync();
        var export = await thief.GetAsync("/api/auth/me/export/");
        var told = export.Json.GetProperty("outbox_messages").EnumerateArray().Select(mail => mail.GetProperty("recipient").GetString()).Distinct().Order();
        Assert.Equal(new[] { person.Email, mailbox }.Order(), told);
        Assert.Equal(204, (await thief.DeleteAccountAsync(Stolen)).Status);
        await server.RecoveryTokenAsync(mailbox, RecoverySteps.Deleted);
        await Until.TrueAsync(async () => await server.Database.CountAsync("outbox_messages", "state <> 'sent' AND recipient = @email", ("email", mailbox)) == 0, "all mails are sent");
        await server.Database.LetTimeRunOutAsync(person with { Email = mailbox });
        await server.EraseAllAsync();
        var left = await server.Database.ScalarAsync<string[]>(
            "SELECT coalesce(array_agg(DISTINCT recipient::text), '{}') FROM outbox_messages WHERE recipient = ANY (@all) AND template <> 'confirm_address'", ("all", new[] { person.Email, mailbox, asked, others }));
        Assert.Equal([others], left);
    }

    /// <summary>Asking for an address makes nobody the reader, or the end, of what was mailed there.</summary>
    [Fact]
    public async Task RE_07_Who_asks_for_an_address_that_is_kept_for_its_owner_neither_reads_nor_erases_their_mails()
    {
        await server.MoveAsync(thief, mailbox);
        using var stranger = server.Client();
        var somebody = await stranger.SignInSomebodyAsync();
        (await stranger.AskChangeAsync(person.Email)).AssertBody(200, EmailChangeSteps.Asked);
        await server.Database.WorkedOffAsync();
        var mails = await server.Database.CountAsync("outbox_messages", "recipient = @email AND template <> 'confirm_address'", ("email", person.Email));
        Assert.True(mails >= 3, $"{mails} mails");
        Assert.DoesNotContain(person.Email, (await stranger.GetAsync("/api/auth/me/export/")).Json.GetProperty("outbox_messages").ToString(), StringComparison.Ordinal);
        Assert.Equal(204, (await stranger.DeleteAccountAsync(somebody.Password)).Status);
        await server.Database.LetTimeRunOutAsync(somebody);
        await server.EraseAllAsync();
        // The worker may have had it in hand.
        await Until.TrueAsync(async () => await server.Database.UsersAsync(somebody.Email) == 0, "the account is erased");
        Assert.Equal(mails, await server.Database.CountAsync("outbox_messages", "recipient = @email AND template <> 'confirm_address'", ("email", person.Email)));
    }

    /// <summary>One's own log and export tell as little as the answer.</summary>
    [Fact]
    public async Task XA_02_Nobody_learns_from_their_own_log_or_export_whether_an_address_is_somebodys()
    {
        async Task<(long Events, string Tokens, string Mails)> AskAsync(string address)
        {
            using var client = server.Client();
            var somebody = await client.SignInSomebodyAsync();
            (await client.AskChangeAsync(address)).AssertBody(200, EmailChangeSteps.Asked);
            await server.Database.WorkedOffAsync();
            var export = (await client.GetAsync("/api/auth/me/export/")).Json;
            var tokens = export.GetProperty("email_verification_tokens").EnumerateArray().Select(token => $"{token.GetProperty("purpose")} {token.TryGetProperty("new_email", out _)}").Order();
            var mails = export.GetProperty("outbox_messages").EnumerateArray().Select(mail => $"{mail.GetProperty("template")}").Order();
            return (await server.Database.EventsAsync(somebody, "email_change_requested"), string.Join(',', tokens), string.Join(',', mails));
        }
        Assert.Equal(await AskAsync(Some.Email()), await AskAsync(person.Email));
    }
}
