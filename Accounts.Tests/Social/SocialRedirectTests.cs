using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>The flow that the server drives: by its own callback, back to a front end.</summary>
public sealed class SocialRedirectTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Fact]
    public async Task SO_06_The_callback_sets_the_refresh_cookie_and_leads_to_next_with_nothing_in_the_address()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        var next = $"{server.Address}welcome?from=google#top";
        var answer = await client.GetAsync(await client.LeaveAsync(provider, identity, next));
        Assert.Equal((303, next, ""), (answer.Status, answer.Header("Location"), answer.Text));
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        Assert.Equal(1, await server.Database.AccountsAsync(identity, "u.email_verified"));
        Assert.Contains(answer.SetCookies, cookie => cookie.StartsWith("refresh_token=", StringComparison.Ordinal) && cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task SG_13_The_callback_of_a_trip_that_began_in_session_mode_sets_the_session_cookie()
    {
        using var client = server.Client();
        var answer = await client.GetAsync(await client.LeaveAsync(provider, Identity.OfGoogle(), transport: "session"));
        Assert.Equal(303, answer.Status);
        Assert.Null(client.RefreshCookie);
        Assert.Equal(200, (await client.MeAsync()).Status);
        Assert.Equal(400, (await client.GetAsync("/api/auth/social/google/login/?transport=session-body")).Status);
    }

    [Fact]
    public async Task Without_next_the_browser_goes_to_the_front_end()
    {
        await using var other = await shared.StartAnotherAsync(("Accounts:FrontendUrl", "https://app.example.test/start"));
        using var client = other.Client();
        var answer = await client.GetAsync(await client.LeaveAsync(provider, Identity.OfGitHub()));
        Assert.Equal((303, "https://app.example.test/start/"), (answer.Status, answer.Header("Location")));
    }

    [Fact]
    public async Task SO_12_What_goes_wrong_is_a_code_in_next_and_never_the_providers_words()
    {
        using var client = server.Client();
        var next = $"{server.Address}a?b=c#d";
        var address = (await client.LeaveAsync(provider, Identity.OfGoogle(), next)).Replace("code=", "error=%3Cscript%3E&error_description=%3Cscript%3E&x=", StringComparison.Ordinal);
        var declined = await client.GetAsync(address);
        Assert.Equal((303, $"{server.Address}a?b=c&error=provider_error#d", ""), (declined.Status, declined.Header("Location"), declined.Text));
        var unknown = (await client.LeaveAsync(provider, Identity.OfGoogle(), next)).Replace("code=", "code=x", StringComparison.Ordinal);
        Assert.Equal($"{server.Address}a?b=c&error=code_exchange_failed#d", (await client.GetAsync(unknown)).Header("Location"));
        Assert.Null(client.RefreshCookie);
    }

    [Fact]
    public async Task SO_09_A_local_user_of_that_address_is_told_by_a_code_without_any_token()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        client.Cookies.Clear();
        var answer = await client.GetAsync(await client.LeaveAsync(provider, Identity.OfGoogle(person.Email)));
        Assert.Equal($"{server.Address}?error=account_exists", answer.Header("Location"));
        Assert.Null(client.RefreshCookie);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("altered")]
    [InlineData("twice")]
    [InlineData("expired")]
    [InlineData("other browser")]
    [InlineData("signed-in victim")]
    [InlineData("no cookie")]
    public async Task SO_01_Scenario_25_27_A_callback_that_this_browser_did_not_set_out_for_does_nothing(string wrong)
    {
        using var attacker = server.Client();
        using var victim = server.Client();
        var identity = Identity.OfGoogle();
        var address = await attacker.LeaveAsync(provider, identity);
        await victim.LeaveAsync(provider, Identity.OfGoogle());
        if (wrong == "signed-in victim")
        {
            await server.SignInVerifiedAsync(victim);
        }
        if (wrong == "expired")
        {
            await server.Database.ExecuteAsync("UPDATE social_states SET expires_at = now()");
        }
        var (exchanges, session, browser) = (provider.Exchanges, victim.RefreshCookie, wrong is "other browser" or "signed-in victim" ? victim : attacker);
        var state = address.Split("state=")[1];
        var sent = wrong switch
        {
            "missing" => address.Split("&state=")[0],
            "altered" => $"{address}x",
            "twice" => $"{address}&state={state}",
            _ => address,
        };
        var answer = await browser.GetAsync(sent, wrong == "no cookie" ? [("Cookie", "nothing=here")] : []);
        answer.AssertRefused(400, "invalid_state");
        Assert.Equal((exchanges, session), (provider.Exchanges, victim.RefreshCookie));
        Assert.Empty(answer.SetCookies);
        await server.Database.KnowsNothingOfAsync(identity);
    }

    [Theory]
    [InlineData("/api/auth/social/github/callback/", "")]
    [InlineData("/api/auth/social/google/callback/", "&iss=https://evil.example.test")]
    public async Task SO_05_Scenario_26_An_answer_of_another_provider_is_refused_and_its_code_sent_to_nobody(string path, string issuer)
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        var address = await client.LeaveAsync(provider, identity);
        var exchanges = provider.Exchanges;
        (await client.GetAsync($"{path}?{address.Split('?')[1]}{issuer}")).AssertRefused(400, "invalid_state");
        Assert.Equal(exchanges, provider.Exchanges);
        await server.Database.KnowsNothingOfAsync(identity);
    }

    [Fact]
    public async Task SO_05_GitHub_names_itself_in_its_callback_and_signs_in()
    {
        using var client = server.Client();
        var identity = Identity.OfGitHub();
        var address = await client.LeaveAsync(provider, identity);
        Assert.Contains("&iss=", address, StringComparison.Ordinal);
        var evil = address.Replace("github.com", "evil.example.test", StringComparison.Ordinal);
        (await client.GetAsync(evil)).AssertRefused(400, "invalid_state");
        Assert.Equal(303, (await client.GetAsync(address)).Status);
        Assert.Equal(1, await server.Database.AccountsAsync(identity));
    }

    [Fact]
    public async Task SO_01_Scenario_26_A_callback_address_serves_once()
    {
        using var client = server.Client();
        var address = await client.LeaveAsync(provider, Identity.OfGoogle());
        Assert.Equal(303, (await client.GetAsync(address)).Status);
        var exchanges = provider.Exchanges;
        (await client.GetAsync(address)).AssertRefused(400, "invalid_state");
        Assert.Equal(exchanges, provider.Exchanges);
    }

    [Fact]
    public async Task Two_tabs_of_one_browser_both_arrive()
    {
        using var client = server.Client();
        var (one, other) = (await client.LeaveAsync(provider, Identity.OfGoogle()), await client.LeaveAsync(provider, Identity.OfGitHub()));
        Assert.Equal(303, (await client.GetAsync(one)).Status);
        Assert.Equal(303, (await client.GetAsync(other)).Status);
    }

    [Fact]
    public async Task SO_06_Under_SameSite_None_the_flow_is_refused_and_not_offered()
    {
        await using var crossSite = await shared.StartAnotherAsync(("Accounts:Sessions:CookieSameSite", "None"), ("Accounts:PublicUrl", "https://localhost:15001"));
        using var client = crossSite.Client();
        foreach (var step in new[] { "login", "callback" })
        {
            var answer = await client.GetAsync($"/api/auth/social/google/{step}/");
            answer.AssertRefused(400, "redirect_flow_unavailable");
            Assert.Contains("POST /api/auth/social/{provider}/", answer["detail"], StringComparison.Ordinal);
        }
        Assert.Equal("""["code","begin"]""", (await client.GetAsync("/api/auth/social/")).Json[0].GetProperty("flows").GetRawText());
        Assert.Equal(0, await crossSite.Database.CountAsync("social_states"));
    }

    [Fact]
    public async Task Under_https_the_browsers_cookie_is_host_only_and_secure()
    {
        await using var https = await shared.StartAnotherAsync(("Accounts:PublicUrl", "https://localhost:15002"));
        using var client = https.Client();
        var answer = await client.GetAsync("/api/auth/social/google/login/");
        Assert.Equal(["__Host-social", $"__Host-social.{client.Cookies["__Host-social"][..8]}"], answer.SetCookies.Select(cookie => cookie.Split('=')[0]));
        Assert.All(answer.SetCookies, cookie => Assert.EndsWith("; max-age=600; path=/; secure; samesite=lax; httponly", cookie, StringComparison.Ordinal));
        Assert.Contains(Uri.EscapeDataString("https://localhost:15002/api/auth/social/google/callback/"), answer.Header("Location"), StringComparison.Ordinal);
    }

    private async Task<string> SetOutAsync(ApiClient client, Identity identity, bool byScript)
    {
        if (!byScript)
        {
            return await client.LeaveAsync(provider, identity);
        }
        var (code, state) = await client.BeginAsync(provider, identity);
        return $"{code} {state}";
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task SO_01_Tabs_that_set_out_before_their_browser_has_a_cookie_all_come_back(bool byScript)
    {
        using var client = server.Client();
        var (identity, jar) = (Identity.OfGoogle(), new Dictionary<string, string>());
        var trips = new List<string>();
        for (var tab = 0; tab < 3; tab++)
        {
            client.Cookies.Clear();
            trips.Add(await SetOutAsync(client, identity, byScript));
            foreach (var (name, value) in client.Cookies)
            {
                jar[name] = value;
            }
        }
        foreach (var (name, value) in jar)
        {
            client.Cookies[name] = value;
        }
        Assert.Equal(4, jar.Count);
        Assert.Single((await client.GetAsync("/api/auth/social/google/login/")).SetCookies);
        foreach (var trip in trips)
        {
            var answer = byScript
                ? await client.PostAsync("/api/auth/social/google/", new { code = trip.Split(' ')[0], state = trip.Split(' ')[1] })
                : await client.GetAsync(trip);
            Assert.True(byScript ? answer.Status == 200 : answer.Header("Location") == $"{server.Address}", answer.ToString());
        }
    }

    [Fact]
    public async Task HEAD_begins_and_finishes_nothing()
    {
        await using var own = await shared.StartAnotherAsync();
        using var client = own.Client();
        Assert.Equal(204, (await client.SendAsync(HttpMethod.Head, "/api/auth/social/google/login/", null)).Status);
        Assert.Equal(0, await own.Database.CountAsync("social_states"));
        var address = await client.LeaveAsync(provider, Identity.OfGoogle());
        Assert.Equal(204, (await client.SendAsync(HttpMethod.Head, address, null)).Status);
        Assert.Equal(303, (await client.GetAsync(address)).Status);
    }
}
