using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Where a browser may be sent: as configured, to the letter.</summary>
public sealed class SocialAddressTests(SocialAddressTests.Configured shared) : IClassFixture<SocialAddressTests.Configured>, IAsyncLifetime
{
    private const string Redirect = "https://app.example.test/signed-in";

    private readonly ProviderDouble provider = shared.Provider;
    private readonly TestServer server = shared.Server;
    private readonly int exchangesBefore = shared.Provider.Exchanges;
    private long statesBefore;

    public sealed class Configured(Postgres postgres) : SocialServer(
        postgres, ("environment", "Production"), ("Accounts:AllowedOrigins", "https://app.example.test,https://two.example.test"),
        ("Accounts:FrontendUrl", "https://front.example.test/app"), ("Accounts:Social:RedirectUri", $"{Redirect},https://two.example.test/cb"));

    public async ValueTask InitializeAsync() => statesBefore = await server.Database.CountAsync("social_states");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("https://app.example.test")]
    [InlineData("https://app.example.test/")]
    [InlineData("https://app.example.test/a/b?c=d#e")]
    [InlineData("https://two.example.test?x")]
    [InlineData("https://front.example.test/anything")]
    public async Task SO_04_Every_address_of_a_listed_origin_may_be_next(string next)
    {
        using var client = server.Client();
        var answer = await client.GetAsync(await client.LeaveAsync(provider, Identity.OfGoogle(), next));
        // The client of the tests writes the empty path out.
        Assert.Equal((303, new Uri(next).ToString()), (answer.Status, answer.Header("Location")));
    }

    /// <summary>What open redirects have been made of.</summary>
    public static TheoryData<string> Corpus =>
    [
        "", " ", "/", "//", "//evil.test", "///evil.test", "////evil.test", "/\\evil.test", "\\/evil.test", "\\\\evil.test", "/welcome", "welcome", "evil.test", "https:evil.test",
        "https:/evil.test", "https:///evil.test", "https://evil.test", "https://evil.test/https://app.example.test", "https://app.example.test@evil.test", "https://app.example.test:x@evil.test",
        "https://user@app.example.test/", "https://app.example.test:443/", "https://app.example.test:444/", "https://app.example.test.evil.test/", "https://app.example.testevil.test/",
        "https://app.example.test\\@evil.test", "https://app.example.test\\.evil.test", "https://app.example.test%2f@evil.test", "https://app.example.test%00.evil.test", "%2f%2fevil.test",
        "https%3a%2f%2fapp.example.test", "http://app.example.test/", "HTTPS://app.example.test/", "https://APP.example.test/", "https://app.example.test./", "https://evil.test#@app.example.test/",
        "https://evil.test?https://app.example.test/", "https://evil.test\\app.example.test", "javascript:alert(1)", "javascript://app.example.test/%0aalert(1)", "data:text/html,x", "vbscript:x",
        "file:///etc/passwd", "ftp://app.example.test/", "ws://app.example.test/", "https://app.example.test/\r\nSet-Cookie: x=y", "https://app.example.test/\tx", "\thttps://app.example.test/",
        "ht\ntps://app.example.test/", " https://app.example.test/", "https://app.example.test /", "https://app.example.test/\u0000", "https://app。example.test/", "https://аpp.example.test/",
        "https://app.example.test／evil.test", "https://xn--pp-7lc.example.test/", "https://[::1]/", "https://127.0.0.1/", "https://0x7f000001/", "https://app.example.test/\u202e", "null",
        "https://app.example.test/<script>", "https://app.example.test/\"x", "https://sub.app.example.test/", "https://example.test/", "blob:https://app.example.test/x", "view-source:https://app.example.test/",
    ];

    [Theory, MemberData(nameof(Corpus))]
    public async Task SO_04_Scenario_28_Nothing_else_may_be_next_however_it_is_written(string next)
    {
        using var client = server.Client();
        var answer = await client.GetAsync($"/api/auth/social/google/login/?next={Uri.EscapeDataString(next)}");
        Assert.Equal((400, null), (answer.Status, answer.Header("Location")));
        Assert.StartsWith("{\"next\":[", answer.Text, StringComparison.Ordinal);
        Assert.Empty(answer.SetCookies);
        Assert.Equal(statesBefore, await server.Database.CountAsync("social_states"));
    }

    [Fact]
    public async Task SO_04_Scenario_28_Very_long_and_repeated_ones_are_refused_too()
    {
        using var client = server.Client();
        Assert.Equal(400, (await client.GetAsync($"/api/auth/social/google/login/?next=https://app.example.test/{new string('a', 2000)}")).Status);
        Assert.Equal(400, (await client.GetAsync("/api/auth/social/google/login/?next=https://app.example.test/&next=https://evil.test/")).Status);
        Assert.Equal(statesBefore, await server.Database.CountAsync("social_states"));
    }

    [Theory]
    [InlineData("https://app.example.test/signed-in/")]
    [InlineData("https://app.example.test/signed-in?x=y")]
    [InlineData("https://app.example.test/")]
    [InlineData("https://app.example.test/SIGNED-IN")]
    [InlineData("https://evil.test/signed-in")]
    [InlineData("http://localhost:5173/")]
    [InlineData("//app.example.test/signed-in")]
    public async Task SO_04_A_redirect_uri_is_one_of_the_list_to_the_letter(string redirectUri)
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        var code = provider.Issue(identity, SocialSteps.Challenge(), redirectUri);
        var body = new { code, code_verifier = SocialSteps.Verifier, redirect_uri = redirectUri };
        (await client.PostAsync("/api/auth/social/google/", body)).AssertBody(400, """{"redirect_uri":["This address is not on the list of Accounts__Social__RedirectUri."]}""");
        Assert.Equal(400, (await client.PostAsync("/api/auth/social/google/begin/", new { redirect_uri = redirectUri })).Status);
        Assert.Equal(exchangesBefore, provider.Exchanges);
        await server.Database.KnowsNothingOfAsync(identity);
    }

    [Theory]
    [InlineData(null, Redirect)]
    [InlineData("https://two.example.test/cb", "https://two.example.test/cb")]
    public async Task SO_04_The_provider_is_always_told_the_redirect_uri_and_the_first_serves_where_none_is_named(string? named, string sent)
    {
        using var client = server.Client();
        var body = new Dictionary<string, string> { ["code"] = provider.Issue(Identity.OfGoogle(), SocialSteps.Challenge(), sent), ["code_verifier"] = SocialSteps.Verifier };
        if (named is not null)
        {
            body["redirect_uri"] = named;
        }
        Assert.Equal(200, (await client.PostAsync("/api/auth/social/google/", body)).Status);
    }

    [Fact]
    public async Task SO_04_Scenario_26_A_redirect_uri_cannot_change_between_setting_out_and_coming_back()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        var (code, state) = await client.BeginAsync(provider, identity);
        var answer = await client.PostAsync("/api/auth/social/google/", new { code, state, redirect_uri = "https://two.example.test/cb" });
        answer.AssertBody(400, """{"redirect_uri":["The sign-in began with another address."]}""");
        Assert.Equal(exchangesBefore, provider.Exchanges);
        await server.Database.KnowsNothingOfAsync(identity);
    }

    [Theory]
    [InlineData("twitter")]
    [InlineData("Google")]
    [InlineData("fake")]
    [InlineData("Oidc")]
    public async Task A_provider_that_is_not_offered_is_unsupported_everywhere(string name)
    {
        using var client = server.Client();
        foreach (var answer in new[]
        {
            await client.PostAsync($"/api/auth/social/{name}/", new { code = "x" }), await client.PostAsync($"/api/auth/social/{name}/begin/"),
            await client.GetAsync($"/api/auth/social/{name}/login/"), await client.GetAsync($"/api/auth/social/{name}/callback/"),
        })
        {
            answer.AssertBody(400, """{"detail":"Unsupported provider","code":"unsupported_provider"}""");
        }
        Assert.Equal(404, (await client.GetAsync("/dev/provider")).Status);
    }
}
