using System.Text.Json.Nodes;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>Who is known is signed in by the id alone; somebody new needs what the provider withholds.</summary>
[Trait("Pace", "long")]
public sealed class WithheldProfileTests(TrustingServer shared) : IClassFixture<TrustingServer>, IAsyncLifetime
{
    private readonly ProviderDouble provider = shared.Provider;
    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;

    public ValueTask InitializeAsync()
    {
        client = server.Client();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        provider.Mend();
        return ValueTask.CompletedTask;
    }

    private Identity Of(string name)
    {
        var identity = name switch
        {
            "google" => Identity.OfGoogle(),
            "oidc" => Identity.OfOidc(provider),
            _ => Identity.OfGitHub(),
        };
        identity.EmailInIdToken = false;
        return identity;
    }

    public static TheoryData<string, string, int, string, string> Faults => new()
    {
        { "google", "/userinfo", 403, "application/json", "{}" }, { "google", "/userinfo", 500, "application/json", "{}" },
        { "oidc", "/userinfo", 200, "text/html", "<h1>Sign in</h1>" }, { "oidc", "/userinfo", 302, "text/html", "" },
        { "oidc", "/userinfo", 200, "application/json", "[1]" }, { "oidc", "/userinfo", 200, "application/json", "not JSON" },
        { "oidc", "/userinfo", 200, "application/json", """{"email":"other@example.test","email_verified":true}""" },
        { "google", "/userinfo", 200, "application/json", """{"sub":"somebody else","email":"other@example.test","email_verified":true}""" },
        { "google", "/userinfo", 200, "application/json", """{"sub":"\ud800"}""" }, { "google", "/userinfo", 200, "application/jwt", "a.b.c" },
        { "github", "/user/emails", 500, "application/json", "{}" }, { "github", "/user/emails", 200, "text/html", "<h1>Sign in</h1>" },
        { "github", "/user/emails", 200, "application/json", "{}" }, { "github", "/user/emails", 401, "application/json", "{}" },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task SG_22_Who_is_known_is_signed_in_whatever_is_withheld_and_somebody_new_is_refused(string name, string path, int status, string type, string body)
    {
        var (known, stranger) = (Of(name), Of(name));
        var first = await client.SignInAsync(provider, known);
        Assert.Equal(200, first.Status);
        provider.Faults[path] = context =>
        {
            context.Response.Headers.Location = status == 302 ? "/elsewhere" : default(string);
            return new RawAnswer(body, type, status).ExecuteAsync(context);
        };
        var second = await client.SignInAsync(provider, known);
        Assert.Equal((200, IdOf(first)), (second.Status, IdOf(second)));
        Assert.Equal(1, await server.Database.AccountsAsync(known, $"a.email = '{known.Email}' AND a.email_verified AND u.email = '{known.Email}' AND a.last_login > a.created_at"));
        var refused = await client.SignInAsync(provider, stranger);
        Assert.True(refused is { Status: 400 } && refused["code"] == "provider_profile_failed" || refused is { Status: 503 } && refused["code"] == "unavailable", refused.ToString());
        await server.Database.KnowsNothingOfAsync(stranger);
        Assert.Equal(0, await server.Database.UsersAsync("other@example.test"));
    }

    private static string? IdOf(Answer answer) => answer.Json.GetProperty("user").GetProperty("id").GetString();

    [Fact]
    public async Task SG_22_A_new_identity_is_not_connected_by_userinfo_of_somebody_else()
    {
        await server.SignInVerifiedAsync(client);
        var identity = Of("google");
        identity.UserInfo = new JsonObject { ["sub"] = "somebody else", ["email"] = identity.Email, ["email_verified"] = true };
        (await client.ConnectAsync(provider, identity)).AssertRefused(400, "provider_profile_failed");
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
    }

    [Fact]
    public async Task SG_22_Names_that_are_withheld_keep_nobody_out()
    {
        var identity = Identity.OfGoogle();
        identity.IdToken = (claims, sign) =>
        {
            claims.Remove("given_name");
            claims.Remove("family_name");
            return sign(claims);
        };
        provider.Faults["/userinfo"] = new RawAnswer("{}", "application/json", 403).ExecuteAsync;
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        Assert.Equal(1, await server.Database.AccountsAsync(identity, "u.email_verified AND u.first_name = ''"));
    }

    [Theory]
    [InlineData("google"), InlineData("oidc")]
    public async Task SG_22_Half_a_character_in_a_name_keeps_nobody_out(string name)
    {
        var (known, stranger) = (Of(name), Of(name));
        (known.EmailInIdToken, stranger.EmailInIdToken) = (true, true);
        Assert.Equal(200, (await client.SignInAsync(provider, known)).Status);
        foreach (var identity in new[] { known, stranger })
        {
            identity.IdToken = (claims, _) => ProviderDouble.OtherKeys["rsa"].Sign(
                ProviderDouble.OtherKeys["rsa"].Header("RS256").ToJsonString(), claims.ToJsonString().Replace("\"given_name\":\"", "\"given_name\":\"\\ud83d", StringComparison.Ordinal), "RS256");
            var answer = await client.SignInAsync(provider, identity);
            Assert.True(answer.Status == 200, answer.ToString());
        }
        Assert.Equal(1, await server.Database.AccountsAsync(stranger, "u.first_name = '' AND u.last_name <> ''"));
    }

    [Fact]
    public async Task SG_22_Half_a_character_in_a_GitHub_name_keeps_nobody_out()
    {
        var identity = Of("github");
        provider.Faults["/user"] = new RawAnswer($$"""{"id":{{identity.Uid}},"login":"{{(string)identity.User["login"]!}}","name":"Octo \ud83d"}""", "application/json").ExecuteAsync;
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        Assert.Equal(1, await server.Database.AccountsAsync(identity, "u.first_name = ''"));
    }

    [Fact]
    public async Task SG_22_An_ID_token_with_a_defect_signs_nobody_in_however_known()
    {
        var identity = Of("google");
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        identity.IdToken = (claims, sign) => sign(claims)[..^4] + "AAAA";
        (await client.SignInAsync(provider, identity)).AssertRefused(400, "provider_profile_failed");
    }

    [Fact]
    public async Task SG_22_Userinfo_that_never_comes_keeps_who_is_known_waiting_but_not_out()
    {
        var known = Of("google");
        Assert.Equal(200, (await client.SignInAsync(provider, known)).Status);
        provider.Faults["/userinfo"] = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        Assert.Equal(200, (await client.SignInAsync(provider, known)).Status);
        (await client.SignInAsync(provider, Of("google"))).AssertRefused(503, "unavailable");
    }

    [Theory]
    [InlineData(403, """{"message":"Resource not accessible by integration"}""")]
    [InlineData(404, """{"message":"Not Found"}""")]
    public async Task XA_13_A_GitHub_app_that_may_not_read_addresses_signs_in_who_is_known(int status, string body)
    {
        var (known, stranger) = (Of("github"), Of("github"));
        Assert.Equal(200, (await client.SignInAsync(provider, known)).Status);
        provider.Faults["/user/emails"] = new RawAnswer(body, "application/json", status).ExecuteAsync;
        Assert.Equal(200, (await client.SignInAsync(provider, known)).Status);
        (await client.SignInAsync(provider, stranger)).AssertRefused(400, "email_required");
        Assert.Equal((1, 0), (await server.Database.AccountsAsync(known), await server.Database.AccountsAsync(stranger)));
    }

    /// <summary>GitHub's list, and the entry that counts.</summary>
    public static TheoryData<string, string?> Lists => new()
    {
        { "-u a, -v b, -v c", "b" }, { "-v n, -v b", "b" }, { "-v n, -u b", "n" }, { "-v a, pv b", "b" }, { "pv n, -v b", "n" },
        { "pu a, -v b", null }, { "-u a", null }, { "", null },
    };

    /// <summary>p: primary; v, u: verified or not; n: GitHub's own address for who hides theirs.</summary>
    [Theory, MemberData(nameof(Lists))]
    public async Task XA_13_Where_none_of_GitHubs_addresses_is_primary_the_first_verified_one_counts(string list, string? counts)
    {
        var mark = Some.Username();
        string Address(char name) => name == 'n' ? $"{mark}@users.noreply.github.com" : $"{name}.{mark}@example.test";
        var identity = Identity.OfGitHub();
        identity.Emails.Clear();
        foreach (var entry in list.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            identity.Emails.Add(new JsonObject { ["email"] = Address(entry[^1]), ["primary"] = entry[0] == 'p', ["verified"] = entry[1] == 'v' });
        }
        var answer = await client.SignInAsync(provider, identity);
        Assert.True(counts is null ? answer["code"] == "email_required" : answer.Status == 200, answer.ToString());
        Assert.Equal(counts is null ? 0 : 1, await server.Database.AccountsAsync(identity, counts is null ? "true" : $"u.email = '{Address(counts[0])}' AND u.email_verified"));
    }
}
