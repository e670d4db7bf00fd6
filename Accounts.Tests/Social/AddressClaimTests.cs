using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>
/// Whose a new identity of Google's becomes: our account in every state, by what Google says of the address, in both flows.
/// An error leaves everything as it was; what a sign-in has changed is told.
/// </summary>
[Trait("Pace", "long")]
public sealed class AddressClaimTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private const string Password = "account_exists: password mail", Asks = "email_required", Out = "invalid_credentials";

    private static readonly string[] Words = ["authoritative", "verified", "unverified", "none"];

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    /// <summary>Our account; then what comes of an address that is Google's to give, that it has verified, that it has not, and of none.</summary>
    public static TheoryData<string, string, string, string, string> Table => new()
    {
        { "nobody", "made, verified", "made, verified", "made, unverified", Asks },
        { "same browser", "connected", Password, Asks, Asks },
        { "elsewhere", Password, Password, Asks, Asks },
        { "code", "connected", Password, Asks, Asks },
        { "reset", "connected", Password, Asks, Asks },
        { "provider", "account_exists: github mail", "account_exists: github mail", Asks, Asks },
        { "unverified", "reclaimed", Password, Asks, Asks },
        { "unverified, of Facebook", "reclaimed", "account_exists: facebook mail", Asks, Asks },
        { "unverified, a role", Password, Password, Asks, Asks },
        { "same browser, a role", Password, Password, Asks, Asks },
        { "same browser, another Google", Password, Password, Asks, Asks },
        { "same browser, a GitHub", "connected", "account_exists: password github mail", Asks, Asks },
        { "same browser, deleted", Out, Out, Asks, Asks },
    };

    [Theory, MemberData(nameof(Table))]
    public async Task SO_09_SO_10_Whose_a_new_identity_becomes_is_as_the_table_says(string account, string authoritative, string verified, string unverified, string none)
    {
        foreach (var (word, expected) in Words.Zip([authoritative, verified, unverified, none]))
        {
            foreach (var redirects in new[] { false, true })
            {
                var found = await MeetAsync(account, word, redirects);
                Assert.True(found == expected, $"{account}, {word}, {(redirects ? "redirect" : "script")}: {found}, not {expected}");
            }
        }
    }

    private async Task<string> MeetAsync(string account, string word, bool redirects)
    {
        using var owner = server.Client();
        using var client = server.Client();
        var holder = await new AccountStates(server, provider).MakeAsync(account, owner);
        var identity = Of(word, holder.Email);
        var before = await RowAsync(holder);
        var since = await server.Database.ScalarAsync<DateTime>("SELECT clock_timestamp()");
        var (error, methods) = redirects ? (await RedirectAsync(client, identity), null) : await ScriptAsync(client, identity);
        var mails = await MailsAsync(holder.Email, since);
        if (error is not null)
        {
            Assert.Equal((null, before, "", 0), (client.RefreshCookie, await RowAsync(holder), mails, await server.Database.AccountsAsync(identity)));
            Assert.Equal(error == "account_exists" ? 1 : 0, await server.Database.CountAsync("link_tokens", "user_id = @id", ("id", holder.Id)));
            return error == "account_exists" ? $"{error}: {methods ?? await ToldToScriptsAsync(identity)}" : error;
        }
        Assert.Equal(1, await server.Database.AccountsAsync(identity, $"u.id = '{TokenText.UserOf(client.RefreshCookie!)}' AND a.last_login IS NOT NULL"));
        return await ChangedAsync(holder, owner, client, mails);
    }

    private static Identity Of(string word, string email) => word switch
    {
        "authoritative" => Identity.OfGoogle(email).With("hd", "example.test"),
        "verified" => Identity.OfGoogle(email),
        "unverified" => Identity.OfGoogle(email).With("email_verified", false),
        _ => Identity.OfGoogle().Without("email"),
    };

    private async Task<(string? Error, string? Methods)> ScriptAsync(ApiClient client, Identity identity)
    {
        var answer = await client.SignInAsync(provider, identity);
        if (answer["code"] is not { } code)
        {
            Assert.Equal(TokenText.UserOf(client.RefreshCookie!), answer.Json.GetProperty("user").GetProperty("id").GetGuid());
            return default;
        }
        answer.AssertRefused(code switch { "account_exists" => 409, Out => 401, _ => 400 }, code);
        if (code != "account_exists")
        {
            return (code, null);
        }
        Assert.Equal(43, answer["link_token"]!.Length);
        return (code, string.Join(' ', answer.Json.GetProperty("methods").EnumerateArray().Select(method => method.GetString())));
    }

    private async Task<string?> RedirectAsync(ApiClient client, Identity identity)
    {
        var answer = await client.GetAsync(await client.LeaveAsync(provider, identity));
        Assert.Equal(303, answer.Status);
        return QueryHelpers.ParseQuery(new Uri(answer.Header("Location")!).Query).TryGetValue("error", out var error) ? error.ToString() : null;
    }

    /// <summary>A redirect tells no methods; they are those that a script is told.</summary>
    private async Task<string?> ToldToScriptsAsync(Identity identity)
    {
        using var script = server.Client();
        return (await ScriptAsync(script, identity)).Methods;
    }

    /// <summary>What the sign-in has made of the account, all of it.</summary>
    private async Task<string> ChangedAsync(Holder holder, ApiClient owner, ApiClient client, string mails)
    {
        var id = TokenText.UserOf(client.RefreshCookie!);
        var (session, password) = holder.Id == Guid.Empty ? (401, false) : ((await owner.MeAsync()).Status, await HasPasswordAsync(id));
        var ways = await server.Database.ScalarAsync<string[]>("SELECT ways FROM users WHERE id = @id", ("id", id));
        var by = await server.Database.ScalarAsync<string>("SELECT coalesce(verified_by, 'nothing') FROM users WHERE id = @id", ("id", id));
        return (holder.Id == id, session, password, ways, by, mails) switch
        {
            (false, 401, false, ["google"], "provider", "") when holder.Id == Guid.Empty => "made, verified",
            (false, 401, false, ["google"], "nothing", "verify_email") when holder.Id == Guid.Empty => "made, unverified",
            (true, 200, true, ["password", .., "google"], not "provider", "social_account_connected") => "connected",
            (true, 401, false, ["google"], "provider", "account_reclaimed") => "reclaimed",
            var other => $"{other} with {string.Join(' ', ways)}",
        };
    }

    private async Task<bool> HasPasswordAsync(Guid id) => await server.Database.CountAsync("users", "id = @id AND password_hash IS NOT NULL", ("id", id)) == 1;

    private Task<string> RowAsync(Holder holder) => server.Database.ScalarAsync<string>(
        $"SELECT coalesce((SELECT u::text || (SELECT count(*) FROM sessions s WHERE s.user_id = u.id AND {SessionRow.Open}) FROM users u WHERE u.email = @email), 'nobody')",
        ("email", holder.Email));

    private Task<string> MailsAsync(string email, DateTime since) => server.Database.ScalarAsync<string>(
        "SELECT coalesce(string_agg(template, ' ' ORDER BY created_at), '') FROM outbox_messages WHERE recipient = @email AND created_at > @since",
        ("email", email), ("since", since));
}
