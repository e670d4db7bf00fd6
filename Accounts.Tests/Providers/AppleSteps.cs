using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>The steps of signing in by Apple, which posts its answer across sites, and what Apple tells by itself.</summary>
internal static class AppleSteps
{
    public const string Callback = "/api/auth/social/apple/callback/";

    private static readonly (string, string)[] AsApplesPage =
        [("Origin", "https://appleid.apple.com"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Accept", "text/html")];

    /// <summary>The form that Apple's page has the browser post.</summary>
    public static async Task<Dictionary<string, string>> LeaveForAppleAsync(this ApiClient client, PresetDouble provider, JsonObject person)
    {
        var answer = await client.GetAsync("/api/auth/social/apple/login/");
        Assert.True(answer.Status == 302, answer.ToString());
        Assert.Contains("response_mode=form_post", answer.Header("Location"), StringComparison.Ordinal);
        Assert.NotEmpty(answer.SetCookies);
        Assert.All(answer.SetCookies, cookie => Assert.Matches("(?i)^social-post[=.].*samesite=none", cookie));
        var (code, state) = provider.Authorize(answer.Header("Location")!, person);
        return new() { ["code"] = code, ["state"] = state, ["user"] = """{"name":{"firstName":"Ann","lastName":"Apple"},"email":"other@example.test"}""" };
    }

    public static Task<Answer> PostAsApplesPageAsync(this ApiClient client, Dictionary<string, string> form, string path = Callback) =>
        client.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(form), AsApplesPage);

    /// <summary>Signed in; the cookie and <see cref="ApiClient.Access"/> are set.</summary>
    public static async Task SignInByAppleAsync(this ApiClient client, PresetDouble provider, JsonObject person)
    {
        var answer = await client.PostAsApplesPageAsync(await client.LeaveForAppleAsync(provider, person));
        Assert.True(answer is { Status: 303, RefreshCookie: not null }, answer.ToString());
        client.Access = (await client.RefreshAsync()).Access;
    }

    /// <summary>What Apple would sign, with what is wrong with it.</summary>
    /// <param name="provider">whose key signs</param>
    /// <param name="kind">of the event</param>
    /// <param name="person">of whom it tells</param>
    /// <param name="change">to the claims, and to the event in them</param>
    public static string Notice(this PresetDouble provider, string kind, JsonObject person, Action<JsonObject, JsonObject>? change = null)
    {
        var now = DateTimeOffset.UtcNow;
        var told = new JsonObject { ["type"] = kind, ["sub"] = (string)person["sub"]!, ["event_time"] = now.ToUnixTimeMilliseconds() };
        var claims = new JsonObject
        {
            ["iss"] = $"{provider.Address}/apple", ["aud"] = PresetDouble.ClientId, ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.ToUnixTimeSeconds() + 86_400, ["jti"] = $"{Guid.NewGuid()}",
        };
        change?.Invoke(claims, told);
        claims.TryAdd("events", told.ToJsonString());
        return provider.Key.Sign(claims, "RS256");
    }

    public static Task<Answer> TellAsync(this ApiClient apple, string payload) => apple.PostAsync("/api/auth/social/apple/notices/", new { payload });

    public static async Task TakenAsync(this ApiClient apple, string payload) => (await apple.TellAsync(payload)).AssertBody(200, """{"detail":"ok"}""");

    /// <summary>User, identity and sessions to the letter, and how many events, mails and changes there are.</summary>
    public static Task<string> AllOfAsync(this TestDatabase database, Person person) => database.ScalarAsync<string>("""
        SELECT concat(u.xmin, u, (SELECT string_agg(a::text, '') FROM social_accounts a WHERE a.user_id = u.id),
          (SELECT string_agg(concat(s.xmin, s), '' ORDER BY s.id) FROM sessions s WHERE s.user_id = u.id), '|',
          (SELECT count(*) FROM security_events e WHERE e.user_id = u.id), '|', (SELECT count(*) FROM outbox_messages m WHERE m.recipient = u.email), '|',
          (SELECT count(*) FROM account_changes c WHERE c.user_id = u.id))
        FROM users u WHERE u.email = @email
        """, ("email", person.Email));

    public static string Email(this JsonObject person) => (string)person["email"]!;
}
