using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>Apple posts its answer across sites, tells a name once, and wants a secret that is signed.</summary>
public sealed class AppleTests(PresetServer shared) : IClassFixture<PresetServer>
{
    private readonly TestServer server = shared.Server;
    private readonly PresetDouble provider = shared.Provider;

    private async Task<ApiClient> SignedInAsync(JsonObject person)
    {
        var client = server.Client();
        await client.SignInByAppleAsync(provider, person);
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
        var form = await client.LeaveForAppleAsync(provider, person);
        form.Remove("user");
        Assert.Equal(303, (await client.PostAsApplesPageAsync(form)).Status);
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
        var form = await client.LeaveForAppleAsync(provider, provider.Apples());
        using var another = server.Client();
        var elsewhere = await another.PostAsApplesPageAsync(form);
        Assert.Equal((400, "text/html"), (elsewhere.Status, elsewhere.MediaType));
        Assert.Null(elsewhere.RefreshCookie);
        Assert.Equal(303, (await client.PostAsApplesPageAsync(form)).Status);
        var again = await client.PostAsApplesPageAsync(form);
        Assert.True(again is { Status: 200, MediaType: "text/html", RefreshCookie: null }, again.ToString());
        Assert.Equal(200, (await client.RefreshAsync()).Status);
    }

    [Fact]
    public async Task XA_13_A_posted_answer_that_is_sent_again_leads_to_next_by_a_page_that_comes_back_with_the_cookies()
    {
        using var client = server.Client();
        var form = await client.LeaveForAppleAsync(provider, provider.Apples());
        Assert.Equal(303, (await client.PostAsApplesPageAsync(form)).Status);
        var address = (await client.PostAsApplesPageAsync(form)).Header("Refresh")!.Split("url=")[1];
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
        Assert.Equal(303, (await client.PostAsApplesPageAsync(await client.LeaveForAppleAsync(provider, provider.Apples()))).Status);
        Assert.Equal(200, (await client.RefreshAsync(before)).Status);
    }

    [Fact]
    public async Task SO_05_Only_a_provider_that_posts_is_answered_by_post()
    {
        using var client = server.Client();
        var form = await client.LeaveForAppleAsync(provider, provider.Apples());
        (await client.PostAsApplesPageAsync(form, "/api/auth/social/gitlab/callback/")).AssertRefused(400, "unsupported_provider");
        Assert.Contains("error=access_denied", (await client.PostAsApplesPageAsync(new() { ["state"] = form["state"], ["error"] = "access_denied" })).Header("Location"), StringComparison.Ordinal);
    }
}
