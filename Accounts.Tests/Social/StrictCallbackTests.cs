using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>
/// A callback that is loaded again where the refresh cookie is Strict: on the way from another site, of which a reload goes on, the browser
/// keeps it back. A page of ours leads there once more, with it.
/// </summary>
public sealed class StrictCallbackTests(StrictCallbackTests.Strict shared) : IClassFixture<StrictCallbackTests.Strict>, IDisposable
{
    private static readonly (string, string) Navigation = ("Sec-Fetch-Mode", "navigate");

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private readonly ApiClient client = shared.Server.Client();

    public sealed class Strict(Postgres postgres) : SocialServer(postgres, ("Accounts:Sessions:CookieSameSite", "Strict"));

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task XA_13_Loaded_again_it_leads_to_next_by_a_page_that_comes_back_with_the_cookie()
    {
        var next = $"{server.Address}welcome?a=b#c";
        var (address, state) = await ArriveAsync(next);
        var page = await FromElsewhereAsync(address);
        Assert.Equal((200, "text/html", null), (page.Status, page.MediaType, page.Header("Location")));
        Assert.Equal(("no-store", "no-referrer"), (page.Header("Cache-Control"), page.Header("Referrer-Policy")));
        Assert.Equal($"0; url={server.Address}api/auth/social/google/callback/?state={state}&again=1", page.Header("Refresh"));
        Assert.DoesNotContain("code=", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("welcome", page.Text, StringComparison.Ordinal);
        var session = client.RefreshCookie;
        var back = await client.GetAsync(Again(page), Navigation);
        Assert.Equal((303, next), (back.Status, back.Header("Location")));
        Assert.Empty(page.SetCookies.Concat(back.SetCookies));
        Assert.Equal((session, 200), (client.RefreshCookie, (await client.RefreshAsync()).Status));
    }

    [Fact]
    public async Task XA_13_Where_the_cookie_comes_along_there_is_no_page()
    {
        var (address, _) = await ArriveAsync();
        var again = await client.GetAsync(address, Navigation);
        Assert.Equal((303, $"{server.Address}"), (again.Status, again.Header("Location")));
    }

    [Theory]
    [InlineData("signed out"), InlineData("failed")]
    public async Task XA_13_Who_is_not_signed_in_by_it_is_told_so_after_one_page(string why)
    {
        var (address, _) = why == "failed" ? await ArriveAsync(spoilt: true) : await ArriveAsync();
        if (why == "signed out")
        {
            Assert.Equal(200, (await client.LogoutAsync()).Status);
        }
        var again = Again(await FromElsewhereAsync(address));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal($"{server.Address}?error=invalid_state", (await FromElsewhereAsync(again)).Header("Location"));
        }
    }

    [Fact]
    public async Task XA_13_Neither_another_browser_nor_a_script_gets_that_page()
    {
        var (address, _) = await ArriveAsync();
        var again = Again(await FromElsewhereAsync(address));
        using var other = server.Client();
        await other.LeaveAsync(provider, Identity.OfGoogle());
        foreach (var sent in new[] { address, again })
        {
            var page = await other.GetAsync(sent, Navigation);
            Assert.Equal((400, null, null), (page.Status, page.Header("Refresh"), page.Header("Location")));
            (await client.GetAsync(sent, ("Sec-Fetch-Mode", "cors"))).AssertRefused(400, "invalid_state");
        }
    }

    [Fact]
    public async Task SO_01_What_says_that_it_comes_again_spends_no_state()
    {
        var identity = Identity.OfGoogle();
        var address = await client.LeaveAsync(provider, identity);
        var page = await client.GetAsync($"{address}&again=1", Navigation);
        Assert.Equal((400, "text/html"), (page.Status, page.MediaType));
        await server.Database.KnowsNothingOfAsync(identity);
        Assert.Equal($"{server.Address}", (await client.GetAsync(address, Navigation)).Header("Location"));
    }

    /// <summary>The first time: the address, and the state in it.</summary>
    private async Task<(string Address, string State)> ArriveAsync(string? next = null, bool spoilt = false)
    {
        var address = await client.LeaveAsync(provider, Identity.OfGoogle(), next);
        address = spoilt ? address.Replace("code=", "code=x", StringComparison.Ordinal) : address;
        Assert.Equal(303, (await client.GetAsync(address, Navigation)).Status);
        return (address, address.Split("&state=")[1]);
    }

    /// <summary>As a browser that comes from another site, or reloads what it came to from there.</summary>
    private Task<Answer> FromElsewhereAsync(string address) => client.GetAsync(address, Navigation, ("Cookie", $"social={client.Cookies["social"]}"));

    private static string Again(Answer page) => page.Header("Refresh")!.Split("url=")[1];
}
