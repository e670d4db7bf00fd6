using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>Apple posts its answer across sites, tells a name once, wants a secret that is signed, and tells by itself when somebody leaves.</summary>
public sealed class AppleTests(PresetServer shared) : IClassFixture<PresetServer>
{
    private const string Callback = "/api/auth/social/apple/callback/", Notices = "/api/auth/social/apple/notices/";
    private static readonly (string, string)[] AsApplesPage =
        [("Origin", "https://appleid.apple.com"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Accept", "text/html")];

    private readonly TestServer server = shared.Server;
    private readonly PresetDouble provider = shared.Provider;

    private async Task<Dictionary<string, string>> LeaveAsync(ApiClient client, JsonObject person)
    {
        var answer = await client.GetAsync("/api/auth/social/apple/login/");
        Assert.True(answer.Status == 302, answer.ToString());
        Assert.Contains("response_mode=form_post", answer.Header("Location"), StringComparison.Ordinal);
        Assert.NotEmpty(answer.SetCookies);
        Assert.All(answer.SetCookies, cookie => Assert.Matches("(?i)^social-post[=.].*samesite=none", cookie));
        var (code, state) = provider.Authorize(answer.Header("Location")!, person);
        return new() { ["code"] = code, ["state"] = state, ["user"] = """{"name":{"firstName":"Ann","lastName":"Apple"},"email":"other@example.test"}""" };
    }

    private static Task<Answer> PostAsync(ApiClient client, Dictionary<string, string> form, string path = Callback) =>
        client.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(form), AsApplesPage);

    private async Task<ApiClient> SignedInAsync(JsonObject person)
    {
        var client = server.Client();
        var answer = await PostAsync(client, await LeaveAsync(client, person));
        Assert.True(answer is { Status: 303, RefreshCookie: not null }, answer.ToString());
        client.Access = (await client.RefreshAsync()).Access;
        return client;
    }

    [Fact]
    public async Task SG_22_A_posted_answer_signs_in_the_browser_that_set_out_and_tells_the_name_once()
    {
        var person = provider.Apples();
        using var client = await SignedInAsync(person);
        var me = (await client.MeAsync()).Json;
        Assert.Equal(("Ann", "Apple", true), (me.GetProperty("first_name").GetString(), me.GetProperty("last_name").GetString(), me.GetProperty("email_verified").GetBoolean()));
        Assert.Equal((string)person["email"]!, me.GetProperty("email").GetString());
    }

    [Fact]
    public async Task A_name_that_is_told_once_is_kept()
    {
        var person = provider.Apples();
        using var client = await SignedInAsync(person);
        var form = await LeaveAsync(client, person);
        form.Remove("user");
        Assert.Equal(303, (await PostAsync(client, form)).Status);
        Assert.Equal("Ann Apple", await server.Database.ScalarAsync<string>(
            "SELECT extra_data->>'name' FROM social_accounts WHERE provider_uid = @uid AND last_login > created_at", ("uid", (string)person["sub"]!)));
    }

    [Fact]
    public async Task SO_09_An_account_is_not_to_be_proved_by_a_provider_whose_code_no_script_gets()
    {
        var person = provider.Apples();
        using var client = await SignedInAsync(person);
        using var other = server.Client();
        var begun = await other.PostAsync("/api/auth/social/gitlab/begin/");
        var (code, state) = provider.Authorize(begun["authorization_url"]!, new JsonObject
        {
            ["iss"] = $"{provider.Address}/gitlab", ["sub"] = $"{Guid.NewGuid():N}", ["email"] = (string)person["email"]!, ["email_verified"] = true, ["name"] = "Ann",
        });
        var answer = await other.PostAsync("/api/auth/social/gitlab/", new { code, state });
        answer.AssertRefused(409, "account_exists");
        Assert.Equal("""["mail"]""", answer["methods"]);
    }

    [Fact]
    public async Task SO_01_A_posted_answer_is_good_once_and_in_its_own_browser()
    {
        using var client = server.Client();
        var form = await LeaveAsync(client, provider.Apples());
        using var another = server.Client();
        var elsewhere = await PostAsync(another, form);
        Assert.Equal((400, "text/html"), (elsewhere.Status, elsewhere.MediaType));
        Assert.Null(elsewhere.RefreshCookie);
        Assert.Equal(303, (await PostAsync(client, form)).Status);
        var again = await PostAsync(client, form);
        Assert.True(again is { Status: 200, MediaType: "text/html", RefreshCookie: null }, again.ToString());
        Assert.Equal(200, (await client.RefreshAsync()).Status);
    }

    [Fact]
    public async Task XA_13_A_posted_answer_that_is_sent_again_leads_to_next_by_a_page_that_comes_back_with_the_cookies()
    {
        using var client = server.Client();
        var form = await LeaveAsync(client, provider.Apples());
        Assert.Equal(303, (await PostAsync(client, form)).Status);
        var address = (await PostAsync(client, form)).Header("Refresh")!.Split("url=")[1];
        Assert.Equal($"{server.Address}", (await client.GetAsync(address, ("Sec-Fetch-Mode", "navigate"))).Header("Location"));
        Assert.Equal(200, (await client.LogoutAsync()).Status);
        Assert.Equal($"{server.Address}?error=invalid_state", (await client.GetAsync(address, ("Sec-Fetch-Mode", "navigate"))).Header("Location"));
        (await client.GetAsync($"{address}&code={form["code"]}")).AssertRefused(400, "invalid_state");
    }

    [Fact]
    public async Task SG_22_A_posted_answer_replaces_no_session_for_no_other_cookie_is_read()
    {
        using var client = await SignedInAsync(provider.Apples());
        var before = client.RefreshCookie!;
        Assert.Equal(303, (await PostAsync(client, await LeaveAsync(client, provider.Apples()))).Status);
        Assert.Equal(200, (await client.RefreshAsync(before)).Status);
    }

    [Fact]
    public async Task SO_05_Only_a_provider_that_posts_is_answered_by_post()
    {
        using var client = server.Client();
        var form = await LeaveAsync(client, provider.Apples());
        (await PostAsync(client, form, "/api/auth/social/gitlab/callback/")).AssertRefused(400, "unsupported_provider");
        Assert.Contains("error=access_denied", (await PostAsync(client, new() { ["state"] = form["state"], ["error"] = "access_denied" })).Header("Location"), StringComparison.Ordinal);
    }

    private string Notice(string kind, JsonObject person, long? at = null, string? issuer = null) => provider.Key.Sign(new JsonObject
    {
        ["iss"] = issuer ?? $"{provider.Address}/apple", ["aud"] = PresetDouble.ClientId, ["iat"] = at ?? DateTimeOffset.UtcNow.ToUnixTimeSeconds(), ["jti"] = $"{Guid.NewGuid()}",
        ["events"] = new JsonObject { ["type"] = kind, ["sub"] = (string)person["sub"]!, ["event_time"] = 1 }.ToJsonString(),
    }, "RS256");

    private async Task<Answer> TellAsync(string payload)
    {
        using var apple = server.Client("Apple/1");
        return await apple.PostAsync(Notices, new { payload });
    }

    [Theory]
    [InlineData("consent-revoked"), InlineData("account-delete")]
    public async Task Who_leaves_at_Apple_is_disconnected_and_signed_out_and_the_account_stays(string kind)
    {
        var person = provider.Apples();
        using var client = await SignedInAsync(person);
        Assert.Equal(204, (await TellAsync(Notice("email-disabled", person))).Status);
        Assert.Equal(200, (await client.MeAsync()).Status);
        Assert.Equal(204, (await TellAsync(Notice(kind, person))).Status);
        Assert.Equal(204, (await TellAsync(Notice(kind, person))).Status);
        Assert.Equal(401, (await client.MeAsync()).Status);
        Assert.Equal(0, await server.Database.CountAsync("social_accounts", "provider_uid = @uid", ("uid", (string)person["sub"]!)));
        Assert.Equal(1, await server.Database.UsersAsync((string)person["email"]!));
    }

    [Fact]
    public async Task A_notice_of_before_the_latest_sign_in_ends_nothing_and_a_forged_one_is_refused()
    {
        var person = provider.Apples();
        using var client = await SignedInAsync(person);
        Assert.Equal(204, (await TellAsync(Notice("consent-revoked", person, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3600))).Status);
        (await TellAsync(Notice("consent-revoked", person, issuer: $"{provider.Address}/company"))).AssertRefused(400, "invalid_token");
        (await TellAsync(Notice("consent-revoked", person)[..^4] + "AAAA")).AssertRefused(400, "invalid_token");
        (await TellAsync(Notice("consent-revoked", person, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 2 * 86_400))).AssertRefused(400, "invalid_token");
        Assert.Equal(200, (await client.MeAsync()).Status);
    }
}
