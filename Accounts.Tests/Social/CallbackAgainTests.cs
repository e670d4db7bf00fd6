using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>A callback's address that is loaded again (reload, Back), or in another browser: people are led on, scripts are told, and nobody is signed in.</summary>
public sealed class CallbackAgainTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private static readonly (string, string)[] Navigation = [("Sec-Fetch-Mode", "navigate"), ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")];

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Theory]
    [InlineData("Sec-Fetch-Mode", "navigate")]
    [InlineData("Accept", "text/html")]
    public async Task XA_13_A_callback_that_is_loaded_again_leads_to_next_and_opens_nothing(string header, string value)
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        var next = $"{server.Address}welcome?a=b#c";
        var address = await client.LeaveAsync(provider, identity, next);
        Assert.Equal(303, (await client.GetAsync(address, (header, value))).Status);
        var (exchanges, session, sessions) = (provider.Exchanges, client.RefreshCookie, await SessionsAsync(identity));
        var again = await client.GetAsync(address, (header, value));
        Assert.Equal((303, next, ""), (again.Status, again.Header("Location"), again.Text));
        Assert.Empty(again.SetCookies);
        Assert.Equal((exchanges, session, sessions), (provider.Exchanges, client.RefreshCookie, await SessionsAsync(identity)));
        Assert.Equal(200, (await client.RefreshAsync()).Status);
    }

    private Task<long> SessionsAsync(Identity identity) => server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", "u.email = @email", ("email", identity.Email));

    [Theory]
    [InlineData("failed"), InlineData("signed out"), InlineData("signed in before")]
    public async Task XA_13_Loaded_again_by_who_is_not_signed_in_by_it_it_says_so_at_next(string why)
    {
        using var client = server.Client();
        var address = await client.LeaveAsync(provider, Identity.OfGoogle());
        if (why == "signed out")
        {
            await client.GetAsync(address, Navigation);
            Assert.Equal(200, (await client.LogoutAsync()).Status);
        }
        else
        {
            if (why == "signed in before")
            {
                await client.SignInSomebodyAsync();
            }
            address = address.Replace("code=", "code=x", StringComparison.Ordinal);
            Assert.Equal($"{server.Address}?error=code_exchange_failed", (await client.GetAsync(address, Navigation)).Header("Location"));
        }
        var again = await client.GetAsync(address, Navigation);
        Assert.Equal((303, $"{server.Address}?error=invalid_state"), (again.Status, again.Header("Location")));
        Assert.Empty(again.SetCookies);
    }

    [Theory]
    [InlineData("other browser"), InlineData("no cookie"), InlineData("expired"), InlineData("altered"), InlineData("other provider"), InlineData("no state"), InlineData("other issuer")]
    public async Task XA_13_Scenario_27_Where_the_state_is_not_this_browsers_a_page_says_what_to_do(string wrong)
    {
        await using var own = await shared.StartAnotherAsync(("Accounts:FrontendUrl", "https://app.example.test/start"));
        using var attacker = own.Client();
        using var victim = own.Client();
        var identity = Identity.OfGoogle();
        var address = await attacker.LeaveAsync(provider, identity, "https://app.example.test/secret-place");
        await victim.LeaveAsync(provider, Identity.OfGoogle());
        var browser = wrong == "other browser" ? victim : attacker;
        if (wrong == "no cookie")
        {
            browser.Cookies.Clear();
        }
        if (wrong == "expired")
        {
            await own.Database.ExecuteAsync("UPDATE social_states SET expires_at = now()");
        }
        var sent = wrong switch
        {
            "altered" => $"{address}x",
            "other provider" => address.Replace("/google/", "/linkedin/", StringComparison.Ordinal),
            "no state" => address.Split("&state=")[0],
            "other issuer" => $"{address}&iss=https://evil.example.test",
            _ => address,
        };
        var exchanges = provider.Exchanges;
        var page = await browser.GetAsync(sent, Navigation);
        Assert.Equal((400, "text/html", null), (page.Status, page.MediaType, page.Header("Location")));
        Assert.Contains("href=\"https://app.example.test/start/\"", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(new[] { "secret-place", "evil", sent.Split("code=")[1][..20] }, word => page.Text.Contains(word, StringComparison.Ordinal));
        Assert.Equal(("no-store", "no-referrer"), (page.Header("Cache-Control"), page.Header("Referrer-Policy")));
        Assert.Contains("script-src 'self'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Empty(page.SetCookies);
        Assert.Equal(exchanges, provider.Exchanges);
        (await browser.GetAsync(sent)).AssertRefused(400, "invalid_state");
        (await browser.GetAsync(sent, ("Sec-Fetch-Mode", "cors"), ("Accept", "text/html, */*"))).AssertRefused(400, "invalid_state");
        await own.Database.KnowsNothingOfAsync(identity);
    }

    [Fact]
    public async Task XA_13_Scenario_27_Nobody_is_signed_in_by_the_callback_that_somebody_else_has_used()
    {
        using var attacker = server.Client();
        using var victim = server.Client();
        var address = await attacker.LeaveAsync(provider, Identity.OfGoogle());
        Assert.Equal(303, (await attacker.GetAsync(address, Navigation)).Status);
        await victim.LeaveAsync(provider, Identity.OfGoogle());
        await server.SignInVerifiedAsync(victim);
        var session = victim.RefreshCookie;
        var page = await victim.GetAsync(address, Navigation);
        Assert.Equal((400, "text/html"), (page.Status, page.MediaType));
        Assert.Empty(page.SetCookies);
        Assert.Equal(session, victim.RefreshCookie);
    }
}
