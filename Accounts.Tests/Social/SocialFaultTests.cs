using System.Diagnostics;
using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Providers that fail in every way that providers fail. What is read once and kept, as keys are, and a provider that goes for good, is a server's and a double's of its own.</summary>
[Trait("Pace", "long")]
public sealed class SocialFaultTests(SocialServer shared, Postgres postgres) : IClassFixture<SocialServer>
{
    private readonly ProviderDouble provider = shared.Mended();
    private readonly TestServer server = shared.Server;

    private static readonly Dictionary<string, RequestDelegate> Faults = new()
    {
        ["500"] = context => Answer(context, 500, "application/json", "{}"),
        ["429"] = context => Answer(context, 429, "application/json", "{}"),
        ["a page"] = context => Answer(context, 200, "text/html", "<h1>provider's words</h1>"),
        ["a redirect"] = context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        },
        ["a stall"] = context => Task.Delay(Timeout.Infinite, context.RequestAborted),
        ["100 MB"] = Flood,
        ["garbage"] = context => Answer(context, 200, "application/json", "{\"access_token\":"),
        ["a list"] = context => Answer(context, 200, "application/json", "[1]"),
        ["nothing"] = context => Answer(context, 200, "application/json", ""),
        ["403"] = context => Answer(context, 403, "text/html", "<h1>provider's words</h1>"),
        ["an empty object"] = context => Answer(context, 200, "application/json", "{}"),
        ["a lone surrogate"] = context => Answer(context, 200, "application/json", "{\"sub\":\"\\ud800\",\"id\":\"\\ud800\"}"),
    };

    private static Task Answer(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    }

    private static async Task Flood(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        var block = new byte[1024 * 1024];
        Array.Fill(block, (byte)' ');
        for (var i = 0; i < 100 && !context.RequestAborted.IsCancellationRequested; i++)
        {
            await context.Response.Body.WriteAsync(block, context.RequestAborted);
        }
    }

    [Theory]
    [InlineData("500", 503, "unavailable")]
    [InlineData("429", 503, "unavailable")]
    [InlineData("a page", 503, "unavailable")]
    [InlineData("a redirect", 503, "unavailable")]
    [InlineData("a stall", 503, "unavailable")]
    [InlineData("100 MB", 503, "unavailable")]
    [InlineData("garbage", 400, "code_exchange_failed")]
    [InlineData("a list", 400, "code_exchange_failed")]
    [InlineData("nothing", 400, "code_exchange_failed")]
    [InlineData("403", 400, "code_exchange_failed")]
    [InlineData("an empty object", 400, "code_exchange_failed")]
    public Task SO_11_Scenario_29_A_token_endpoint_that_fails_is_a_clean_error(string fault, int status, string code) =>
        FailsAsync("/token", fault, Identity.OfGoogle(), status, code);

    [Theory]
    [InlineData("/user", "500", 503, "unavailable")]
    [InlineData("/user", "a page", 503, "unavailable")]
    [InlineData("/user", "a redirect", 503, "unavailable")]
    [InlineData("/user", "100 MB", 503, "unavailable")]
    [InlineData("/user/emails", "a stall", 503, "unavailable")]
    [InlineData("/user/emails", "an empty object", 400, "provider_profile_failed")]
    [InlineData("/user/emails", "403", 400, "email_required")]
    [InlineData("/user", "garbage", 400, "provider_profile_failed")]
    [InlineData("/user", "a list", 400, "provider_profile_failed")]
    [InlineData("/user", "403", 400, "provider_profile_failed")]
    [InlineData("/user", "a lone surrogate", 400, "provider_profile_failed")]
    [InlineData("/me", "500", 503, "unavailable")]
    [InlineData("/me", "a redirect", 503, "unavailable")]
    [InlineData("/me", "garbage", 400, "provider_profile_failed")]
    [InlineData("/me", "a list", 400, "provider_profile_failed")]
    [InlineData("/me", "403", 400, "provider_profile_failed")]
    [InlineData("/me", "a lone surrogate", 400, "provider_profile_failed")]
    [InlineData("/userinfo", "a page", 503, "unavailable")]
    [InlineData("/userinfo", "a redirect", 503, "unavailable")]
    [InlineData("/userinfo", "an empty object", 400, "provider_profile_failed")]
    [InlineData("/userinfo", "garbage", 400, "provider_profile_failed")]
    [InlineData("/userinfo", "a lone surrogate", 400, "provider_profile_failed")]
    public Task SO_11_Scenario_29_A_profile_that_fails_is_a_clean_error(string path, string fault, int status, string code) =>
        FailsAsync(path, fault, Of(path), status, code);

    private static Identity Of(string path) => path switch
    {
        "/me" => Identity.OfFacebook(),
        "/userinfo" => Identity.OfLinkedIn(),
        _ => Identity.OfGitHub(),
    };

    [Theory]
    [InlineData("500")]
    [InlineData("a page")]
    [InlineData("a redirect")]
    [InlineData("garbage")]
    public async Task SO_11_Scenario_29_Keys_that_are_not_to_be_had_are_a_clean_error(string fault)
    {
        await using var own = await OwnAsync();
        await FailsAsync(own.Provider, own.Server, "/keys", fault, Identity.OfGoogle(), 503, "unavailable");
    }

    private async Task<SocialServer> OwnAsync()
    {
        var own = new SocialServer(postgres);
        await own.InitializeAsync();
        return own;
    }

    private Task FailsAsync(string path, string fault, Identity identity, int status, string code) => FailsAsync(provider, server, path, fault, identity, status, code);

    private static async Task FailsAsync(ProviderDouble provider, TestServer server, string path, string fault, Identity identity, int status, string code)
    {
        provider.Faults[path] = Faults[fault];
        using var client = server.Client();
        var watch = Stopwatch.StartNew();
        var answer = await client.SignInAsync(provider, identity);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        answer.AssertRefused(status, code);
        Assert.DoesNotContain("provider's words", answer.Text, StringComparison.Ordinal);
        Assert.Equal(status == 503, answer.Header("Retry-After") is not null);
        Assert.Equal(0, provider.Requests.GetValueOrDefault("/elsewhere"));
        Assert.Empty(client.Cookies);
        await server.Database.KnowsNothingOfAsync(identity);
    }

    [Fact]
    public async Task SO_11_Scenario_29_A_provider_that_is_not_there_is_away()
    {
        await using var own = await OwnAsync();
        using var client = own.Server.Client();
        var identity = Identity.OfGoogle();
        await own.Provider.DisposeAsync();
        (await client.SignInAsync(own.Provider, identity)).AssertRefused(503, "unavailable");
        await own.Server.Database.KnowsNothingOfAsync(identity);
    }

    [Fact]
    public async Task SO_11_Scenario_29_Rotated_keys_are_read_again_but_not_as_often_as_somebody_likes()
    {
        await using var own = await OwnAsync();
        var provider = own.Provider;
        using var client = own.Server.Client();
        Assert.Equal(200, (await client.SignInAsync(provider, Identity.OfGoogle())).Status);
        provider.RotateKey();
        Assert.Equal(200, (await client.SignInAsync(provider, Identity.OfGoogle())).Status);
        Assert.Equal(2, provider.Requests["/keys"]);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var forged = Identity.OfGoogle();
            forged.IdToken = (claims, sign) => $"{ProviderSigningKey.Encode($$"""{"alg":"RS256","kid":"{{Guid.NewGuid()}}"}""")}.{sign(claims).Split('.', 2)[1]}";
            (await client.SignInAsync(provider, forged)).AssertRefused(400, "provider_profile_failed");
        }
        Assert.InRange(provider.Requests["/keys"], 2, 6);
        Assert.Equal(200, (await client.SignInAsync(provider, Identity.OfGoogle())).Status);
    }

    [Fact]
    public async Task SO_11_Endpoints_and_tokens_from_a_client_are_ignored()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        var answer = await client.PostAsync("/api/auth/social/google/", new
        {
            access_token = "x", issuer = "https://evil.example.test", token_url = $"{provider.Address}elsewhere",
        });
        answer.AssertBody(400, """{"code":["This field is required."],"code_verifier":["This field is required."]}""");
        var code = provider.Issue(identity, SocialSteps.Challenge(), $"{server.Address}");
        var redeemed = await client.PostAsync("/api/auth/social/google/", new { code, code_verifier = SocialSteps.Verifier, token_url = $"{provider.Address}elsewhere", roles = new[] { "admin" }, email_verified = true });
        Assert.Equal(200, redeemed.Status);
        Assert.Equal(0, provider.Requests.GetValueOrDefault("/elsewhere"));
        Assert.Equal(1, await server.Database.UsersAsync(identity.Email, "roles = '{}'"));
    }

    [Fact]
    public async Task SO_12_No_token_of_the_provider_and_no_secret_is_kept_or_logged()
    {
        await using var loud = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), [.. provider.Settings, ("Logging:LogLevel:Default", "Trace")]);
        using var client = loud.Client();
        var identity = Identity.OfGoogle();
        var code = provider.Issue(identity, SocialSteps.Challenge(), $"{loud.Address}");
        Assert.Equal(200, (await client.PostAsync("/api/auth/social/google/", new { code, code_verifier = SocialSteps.Verifier })).Status);
        Assert.Equal(400, (await client.PostAsync("/api/auth/social/google/", new { code, code_verifier = SocialSteps.Verifier })).Status);
        var address = await client.LeaveAsync(provider, identity);
        Assert.Equal(303, (await client.GetAsync(address)).Status);
        var (redirectCode, state) = (address.Split('=')[1].Split('&')[0], address.Split("state=")[1]);
        var kept = await loud.Database.DumpAsync() + loud.Output;
        foreach (var secret in new[] { code, redirectCode, state, client.Cookies["social"], ProviderDouble.ClientSecret, SocialSteps.Verifier, "provider's words", provider.LastAccessToken! })
        {
            Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
        }
    }
}
