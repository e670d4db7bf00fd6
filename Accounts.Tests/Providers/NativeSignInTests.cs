using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>A native app has the ID token of the system's own sign-in, which proves as much as a code: for us, for now, and for this very sign-in.</summary>
public sealed class NativeSignInTests(PresetServer shared) : IClassFixture<PresetServer>
{
    private const string Company = "/api/auth/social/company/";
    private static readonly (string, string) InBody = ("X-Token-Transport", "body");

    private readonly TestServer server = shared.Server;
    private readonly PresetDouble provider = shared.Provider;

    private static async Task<string> NonceAsync(ApiClient app, params (string, string)[] headers) =>
        (await app.PostAsync($"{Company}begin/", new { mode = "sign_in" }, headers))["nonce"]!;

    [Theory]
    [InlineData(PresetDouble.ClientId), InlineData("their-app"), InlineData("its-other-app")]
    public async Task SO_11_An_ID_token_for_us_or_a_listed_app_signs_in_once(string audience)
    {
        using var app = server.Client("App/1");
        var nonce = await NonceAsync(app, InBody);
        var id_token = provider.IdToken(provider.Issued("company"), nonce, audience);
        var answer = await app.PostAsync(Company, new { id_token, nonce }, InBody);
        Assert.True(answer.Status == 200 && answer["refresh"] is not null, answer.ToString());
        (await app.PostAsync(Company, new { id_token, nonce }, InBody)).AssertRefused(400, "invalid_state");
    }

    [Fact]
    public async Task SO_11_Two_who_present_one_token_at_once_get_one_session()
    {
        using var app = server.Client("App/1");
        await Rounds.RunAsync(3, async () =>
        {
            var nonce = await NonceAsync(app, InBody);
            var id_token = provider.IdToken(provider.Issued("company"), nonce);
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.PostAsync(Company, new { id_token, nonce }, InBody)));
            Assert.Single(answers, answer => answer.Status == 200);
            Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.AssertRefused(400, "invalid_state"));
        });
    }

    [Fact]
    public async Task SO_11_An_ID_token_for_others_or_of_another_sign_in_is_refused()
    {
        using var app = server.Client("App/1");
        var nonce = await NonceAsync(app, InBody);
        (await app.PostAsync(Company, new { id_token = provider.IdToken(provider.Issued("company"), nonce, "somebody-elses-app"), nonce }, InBody)).AssertRefused(400, "provider_profile_failed");
        nonce = await NonceAsync(app, InBody);
        (await app.PostAsync(Company, new { id_token = provider.IdToken(provider.Issued("company"), "another"), nonce }, InBody)).AssertRefused(400, "provider_profile_failed");
        (await app.PostAsync(Company, new { id_token = provider.IdToken(provider.Issued("company"), "mine"), nonce = "mine" }, InBody)).AssertRefused(400, "invalid_state");
        var answer = await app.PostAsync("/api/auth/social/discord/", new { id_token = "a.b.c", nonce }, InBody);
        Assert.Equal("""{"id_token":["This provider has no ID tokens: send a code."]}""", answer.Text);
    }

    [Fact]
    public async Task SO_11_A_page_sends_no_ID_token_and_a_nonce_that_a_browser_began_with_is_none_of_an_app()
    {
        using var app = server.Client("App/1");
        var nonce = await NonceAsync(app, InBody);
        var page = await app.PostAsync(Company, new { id_token = provider.IdToken(provider.Issued("company"), nonce), nonce }, ("Origin", $"{server.Address}".TrimEnd('/')));
        Assert.Equal(400, page.Status);
        Assert.Contains("Only native apps", page.Text, StringComparison.Ordinal);
        var browsers = await NonceAsync(app);
        (await app.PostAsync(Company, new { id_token = provider.IdToken(provider.Issued("company"), browsers), nonce = browsers }, InBody)).AssertRefused(400, "invalid_state");
    }

    [Fact]
    public async Task SO_11_A_bare_access_token_proves_nothing()
    {
        using var app = server.Client("App/1");
        var answer = await app.PostAsync(Company, new { access_token = "whatever" }, InBody);
        Assert.Equal(400, answer.Status);
        Assert.NotNull(answer.Json.GetProperty("code").ToString());
    }
}
