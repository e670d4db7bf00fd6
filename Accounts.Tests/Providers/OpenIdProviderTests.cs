using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>What our double of Google might have wrong in the same way as we do, a provider that others wrote has not.</summary>
[Trait("Pace", "long")]
public sealed class OpenIdProviderTests(Postgres postgres) : IAsyncLifetime
{
    private const string Page = "http://localhost:5173/signed-in";

    private readonly int port = TestSettings.FreePort();
    private OpenIdProvider provider = null!;
    private TestServer server = null!;
    private ApiClient client = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await OpenIdProvider.StartAsync(Callback("google"), Callback("oidc"), Page);
        server = await TestServer.StartAsync(postgres, [
            .. provider.Settings, ("Accounts:PublicUrl", $"http://localhost:{port}"), ("urls", $"http://127.0.0.1:{port}"), ("Accounts:Social:RedirectUri", Page)]);
        client = new ApiClient(new Uri($"http://localhost:{port}"), "Tests/1.0");
    }

    private string Callback(string name) => $"http://localhost:{port}/api/auth/social/{name}/callback/";

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await provider.DisposeAsync();
    }

    public static TheoryData<string> Names => ["google", "oidc"];

    [Theory]
    [InlineData("google", true)]
    [InlineData("oidc", false)]
    public async Task SO_03_The_flow_that_the_server_drives_signs_in(string name, bool verified)
    {
        var back = await OpenIdProvider.VisitAsync((await client.GetAsync($"/api/auth/social/{name}/login/")).Header("Location")!, "olga");
        Assert.Contains("iss=", back, StringComparison.Ordinal);
        var answer = await client.GetAsync(back);
        Assert.Equal((303, $"http://localhost:{port}/"), (answer.Status, answer.Header("Location")));
        Assert.NotEmpty(client.RefreshCookie!);
        Assert.Equal(1, await server.Database.UsersAsync("olga@example.test", $"email_verified = {verified} AND first_name = 'Olga'"));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task SO_02_The_flow_that_a_script_drives_signs_in_with_its_own_verifier_and_with_no_other(string name)
    {
        var (stolen, _) = await AgreeAsync("vicky", SocialSteps.Challenge());
        var body = new { code = stolen, code_verifier = new string('x', 64) };
        (await client.PostAsync($"/api/auth/social/{name}/", body)).AssertRefused(400, "code_exchange_failed");
        Assert.Equal(0, await server.Database.UsersAsync("vicky@example.test"));
        var (code, nonce) = await AgreeAsync("vicky", SocialSteps.Challenge());
        var answer = await client.PostAsync($"/api/auth/social/{name}/", new { code, nonce, code_verifier = SocialSteps.Verifier });
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal(1, await server.Database.UsersAsync("vicky@example.test"));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task SO_03_The_nonce_of_another_run_signs_nobody_in(string name)
    {
        var (code, _) = await AgreeAsync("nadja", SocialSteps.Challenge());
        var answer = await client.PostAsync($"/api/auth/social/{name}/", new { code, nonce = "of another run", code_verifier = SocialSteps.Verifier });
        answer.AssertRefused(400, "provider_profile_failed");
        Assert.Equal(0, await server.Database.UsersAsync("nadja@example.test"));
    }

    [Fact]
    public async Task SO_02_It_is_a_provider_that_insists_on_PKCE()
    {
        var back = await OpenIdProvider.VisitAsync(Address("olga", null), "olga");
        Assert.Contains("error=invalid_request", back, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SG_22_Who_is_asked_anew_there_has_proved_once_more_who_they_are()
    {
        await client.GetAsync(await OpenIdProvider.VisitAsync((await client.GetAsync("/api/auth/social/oidc/login/")).Header("Location")!, "anna"));
        client.Access = (await client.RefreshAsync()).Access;
        (await client.GetAsync("/api/auth/me/export/")).AssertRefused(403, "reauthentication_required");
        var begun = await client.PostAsync("/api/auth/social/oidc/begin/", new { mode = "reauthenticate" });
        var back = QueryHelpers.ParseQuery(new Uri(await OpenIdProvider.VisitAsync(begun["authorization_url"]!, "anna")).Query);
        var answer = await client.ReauthenticateAsync(new { provider = "oidc", code = $"{back["code"]}", state = $"{back["state"]}" });
        answer.AssertProved("aal1", "social");
        client.Access = answer.Access;
        Assert.Equal(200, (await client.GetAsync("/api/auth/me/export/")).Status);
    }

    private async Task<(string Code, string Nonce)> AgreeAsync(string account, string challenge)
    {
        var back = await OpenIdProvider.VisitAsync(Address(account, challenge), account);
        return (QueryHelpers.ParseQuery(new Uri(back).Query)["code"]!, $"nonce-of-{account}");
    }

    /// <summary>As a script writes it, from the list for buttons.</summary>
    private string Address(string account, string? challenge)
    {
        var query = new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = ProviderDouble.ClientId, ["redirect_uri"] = Page, ["scope"] = "openid email profile",
            ["state"] = "its-own", ["nonce"] = $"nonce-of-{account}",
        };
        if (challenge is not null)
        {
            (query["code_challenge"], query["code_challenge_method"]) = (challenge, "S256");
        }
        return QueryHelpers.AddQueryString($"{provider.Address}/auth", query);
    }
}
