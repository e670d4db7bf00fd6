using System.Text.Json.Nodes;
using Accounts.Tests.Providers;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Accounts.Tests.Reauthentication;

/// <summary>A provider is fresh by a signed <c>auth_time</c> and by nothing else: its own session may have stood open for a year.</summary>
public sealed class ProviderReproofTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private const string Export = "/api/auth/me/export/";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    /// <summary>What an ID token says of the time, and whether a sign-in by it is one of a moment ago.</summary>
    public static TheoryData<string, bool> Times => new()
    {
        { "none", false }, { "now", true }, { "9 minutes ago", true }, { "11 minutes ago", false }, { "half a minute ahead", true },
        { "2 minutes ahead", false }, { "milliseconds", false }, { "a text", false }, { "negative", false },
    };

    private static JsonNode? Time(string said) => said switch
    {
        "none" => null,
        "now" => Now,
        "9 minutes ago" => Now - 540 + 0.5,
        "11 minutes ago" => Now - 660,
        "half a minute ahead" => Now + 30,
        "2 minutes ahead" => Now + 120,
        "milliseconds" => Now * 1000,
        "a text" => $"{Now}",
        _ => -1,
    };

    [Theory, MemberData(nameof(Times))]
    public async Task SG_22_A_sign_in_is_as_fresh_as_the_ID_token_says(string said, bool fresh)
    {
        using var client = server.Client();
        var identity = Identity.OfOidc(provider).With("auth_time", Time(said));
        client.Access = (await client.SignInAsync(provider, identity)).Access;
        await AssertFreshAsync(client, fresh);
        client.Access = (await client.RefreshAsync()).Access;
        await AssertFreshAsync(client, fresh);
    }

    private static async Task AssertFreshAsync(ApiClient client, bool fresh)
    {
        var answer = await client.GetAsync(Export);
        Assert.True(answer.Status == (fresh ? 200 : 403), answer.ToString());
        Assert.Equal(fresh ? null : """["oidc","mail"]""", answer["methods"]);
    }

    /// <summary>Nobody has signed what userinfo says.</summary>
    [Fact]
    public async Task SG_22_Userinfo_says_nothing_of_the_time()
    {
        using var client = server.Client();
        var identity = Identity.OfOidc(provider).Without("email").Without("email_verified");
        identity.UserInfo = new JsonObject { ["sub"] = identity.Uid, ["email"] = Some.Email(), ["email_verified"] = true, ["auth_time"] = Now };
        client.Access = (await client.SignInAsync(provider, identity)).Access;
        await AssertFreshAsync(client, fresh: false);
    }

    [Fact]
    public async Task SG_22_A_second_factor_makes_it_fresh()
    {
        using var client = server.Client();
        var identity = Identity.OfGitHub();
        client.Access = (await client.SignInAsync(provider, identity)).Access;
        server.HasProved(client);
        var enrolled = await client.EnrolAsync();
        using var another = server.Client();
        var due = await another.SignInAsync(provider, identity);
        due.AssertRefused(403, "second_factor_required");
        another.Access = (await another.ProveAsync(due["ticket"], enrolled.RecoveryCodes[0])).Access;
        Assert.Equal(200, (await another.GetAsync(Export)).Status);
    }

    [Fact]
    public async Task SG_22_Asked_anew_a_provider_proves_it_for_the_token_that_comes_of_it()
    {
        using var client = server.Client();
        var identity = Identity.OfOidc(provider);
        client.Access = (await client.SignInAsync(provider, identity)).Access;
        var before = client.Access;
        var begun = await client.PostAsync("/api/auth/social/oidc/begin/", new { mode = "reauthenticate" });
        var query = QueryHelpers.ParseQuery(new Uri(begun["authorization_url"]!).Query);
        Assert.Equal(("login", "600"), (query["prompt"].ToString(), query["max_age"].ToString()));
        var (code, state) = provider.Authorize(begun["authorization_url"]!, identity);
        var answer = await client.ReauthenticateAsync(new { provider = "oidc", code, state });
        answer.AssertProved("aal1", "social");
        client.Access = answer.Access;
        Assert.Equal(200, (await client.GetAsync(Export)).Status);
        client.Access = before;
        (await client.GetAsync(Export)).AssertRefused(403, "reauthentication_required");
        (await client.ReauthenticateAsync(new { provider = "oidc", code, state })).AssertRefused(400, "invalid_state");
    }

    [Theory, InlineData("11 minutes ago"), InlineData("none"), InlineData("milliseconds")]
    public async Task SG_22_Who_asks_nobody_anew_proves_nothing_and_the_mailed_code_is_left(string said)
    {
        using var client = server.Client();
        var identity = Identity.OfOidc(provider);
        client.Access = (await client.SignInAsync(provider, identity)).Access;
        var (code, state) = await client.BeginAsync(provider, identity, new { mode = "reauthenticate" });
        identity.IdToken = (claims, sign) =>
        {
            claims["auth_time"] = Time(said);
            return sign(claims);
        };
        var answer = await client.ReauthenticateAsync(new { provider = "oidc", code, state });
        answer.AssertRefused(403, "reauthentication_required");
        Assert.Equal("""["mail"]""", answer["methods"]);
        Assert.Equal(200, (await client.PostAsync("/api/auth/reauthenticate/mail/")).Status);
    }

    /// <summary>Whoever has found the session open, and signs in there as themselves.</summary>
    [Fact]
    public async Task SG_22_Somebody_else_proves_nothing_for_who_is_signed_in()
    {
        using var client = server.Client();
        client.Access = (await client.SignInAsync(provider, Identity.OfOidc(provider))).Access;
        var thief = Identity.OfOidc(provider);
        using var elsewhere = server.Client();
        Assert.Equal(200, (await elsewhere.SignInAsync(provider, thief)).Status);
        foreach (var other in new[] { thief, Identity.OfOidc(provider) })
        {
            var (code, state) = await client.BeginAsync(provider, other, new { mode = "reauthenticate" });
            (await client.ReauthenticateAsync(new { provider = "oidc", code, state })).AssertRefused(401, "invalid_credentials");
        }
    }

    [Fact]
    public async Task SG_22_A_state_of_anything_else_proves_nothing()
    {
        using var client = server.Client();
        var identity = Identity.OfOidc(provider);
        client.Access = (await client.SignInAsync(provider, identity)).Access;
        foreach (var mode in new[] { "sign_in", "connect" })
        {
            var (code, state) = await client.BeginAsync(provider, identity, new { mode });
            (await client.ReauthenticateAsync(new { provider = "oidc", code, state })).AssertRefused(400, "invalid_state");
        }
        using var other = server.Client();
        other.Access = (await other.SignInAsync(provider, Identity.OfOidc(provider))).Access;
        var (theirs, begun) = await other.BeginAsync(provider, identity, new { mode = "reauthenticate" });
        (await client.ReauthenticateAsync(new { provider = "oidc", code = theirs, state = begun })).AssertRefused(400, "invalid_state");
        client.Access = other.Access;
        (await client.ReauthenticateAsync(new { provider = "oidc", code = theirs, state = begun })).AssertRefused(400, "invalid_state");
        // And it signs nobody in.
        (await other.PostAsync("/api/auth/social/oidc/", new { code = theirs, state = begun })).AssertRefused(400, "invalid_state");
    }

    [Fact]
    public async Task Who_is_not_signed_in_or_comes_by_a_provider_that_never_says_when_is_told()
    {
        using var client = server.Client();
        (await client.PostAsync("/api/auth/social/oidc/begin/", new { mode = "reauthenticate" })).AssertRefused(401, "not_authenticated");
        client.Access = (await client.SignInAsync(provider, Identity.OfGitHub())).Access;
        Assert.Equal("""["mail"]""", (await client.GetAsync(Export))["methods"]);
        (await client.PostAsync("/api/auth/social/github/begin/", new { mode = "reauthenticate" }))
            .AssertBody(400, """{"mode":["GitHub does not say when people have proved who they are."]}""");
        (await client.ReauthenticateAsync(new { provider = "nobody", code = "c", state = "s" })).AssertRefused(400, "unsupported_provider");
        (await client.ReauthenticateAsync(new { provider = "oidc" })).AssertBody(400, """{"code":["This field is required."],"state":["This field is required."]}""");
    }

    [Fact]
    public async Task SG_01_Of_who_has_a_factor_a_provider_proves_one_of_two()
    {
        using var client = server.Client();
        var identity = Identity.OfOidc(provider).With("auth_time", Now);
        client.Access = (await client.SignInAsync(provider, identity)).Access;
        // This provider's word for an address is none.
        await server.Database.ChangeAsync(new Person("", identity.Email, ""), "email_verified = true, verified_by = 'code', verified_at = now()");
        await client.EnrolAsync();
        var (code, state) = await client.BeginAsync(provider, identity, new { mode = "reauthenticate" });
        var answer = await client.ReauthenticateAsync(new { provider = "oidc", code, state });
        answer.AssertProved("aal1", "social");
        client.Access = answer.Access;
        var refused = await client.GetAsync(Export);
        Assert.Equal((403, """["totp","recovery_code"]""", "aal2"), (refused.Status, refused["methods"], refused["acr"]));
    }

    [Fact]
    public async Task Who_has_a_password_may_choose()
    {
        using var client = server.Client();
        await server.SignInVerifiedAsync(client);
        var identity = Identity.OfOidc(provider);
        Assert.Equal(200, (await client.ConnectAsync(provider, identity)).Status);
        await client.AgeProofAsync(server);
        Assert.Equal("""["password","oidc"]""", (await client.GetAsync(Export))["methods"]);
        var (code, state) = await client.BeginAsync(provider, identity, new { mode = "reauthenticate" });
        client.Access = (await client.ReauthenticateAsync(new { provider = "oidc", code, state })).Access;
        Assert.Equal(200, (await client.GetAsync(Export)).Status);
    }
}
