using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Accounts.Tests.Throttling;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>A new identity whose address somebody has: the password links the two. The other proofs are in <see cref="SocialLinkProofTests"/>.</summary>
public sealed class SocialLinkTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private const string Link = "/api/auth/social/link/";
    private const string OneProof = """{"non_field_errors":["Send one proof: password, or provider with code and state, or the mailed code."]}""";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Fact]
    public async Task SO_09_A_verified_user_of_that_address_is_asked_for_the_password_and_then_has_both()
    {
        using var client = server.Client();
        var (person, identity, token) = await MeetAsync(client);
        var answer = await client.PostAsync(Link, new { link_token = token, password = person.Password });
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal("""["google"]""", answer.Json.GetProperty("user").GetProperty("providers").GetRawText());
        Assert.Equal((person.Username, """["google"]"""), ((await client.MeAsync(answer.Access))["username"], (await client.MeAsync(answer.Access))["providers"]));
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        Assert.Equal(1, await server.Database.AccountsAsync(identity, $"u.email = '{person.Email}'"));
        Assert.Equal(1, await server.Database.EventsAsync(person, "social_account_connected"));
        Assert.Contains("Google was connected to your account", (await server.Mailbox.WaitAsync(person.Email, 2)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SO_09_A_link_token_serves_once()
    {
        using var client = server.Client();
        var (person, _, token) = await MeetAsync(client);
        Assert.Equal(200, (await client.PostAsync(Link, new { link_token = token, password = person.Password })).Status);
        (await client.PostAsync(Link, new { link_token = token, password = person.Password })).AssertRefused(400, "invalid_token");
        Assert.DoesNotContain(token, await server.Database.DumpAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SO_09_After_five_tries_a_link_token_is_dead_for_the_right_password_too()
    {
        using var client = server.Client();
        var (person, identity, token) = await MeetAsync(client);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await client.PostAsync(Link, new { link_token = token, password = Some.OtherPassword })).AssertRefused(401, "invalid_credentials");
        }
        (await client.PostAsync(Link, new { link_token = token, password = person.Password })).AssertRefused(400, "invalid_token");
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
        await server.Database.CountedAsync(person, "sign_in_failed", 5);
    }

    [Theory]
    [InlineData("UPDATE link_tokens SET expires_at = now()")]
    [InlineData("UPDATE users SET security_stamp = 'another'")]
    public async Task SO_09_A_link_token_is_bound_to_ten_minutes_and_to_the_user_as_they_were(string change)
    {
        await using var own = await shared.StartAnotherAsync();
        using var client = own.Client();
        var person = await own.SignInVerifiedAsync(client);
        var identity = Identity.OfGoogle(person.Email);
        var token = (await client.SignInAsync(provider, identity))["link_token"];
        await own.Database.ExecuteAsync(change);
        (await client.PostAsync(Link, new { link_token = token, password = person.Password })).AssertRefused(400, "invalid_token");
        Assert.Equal(0, await own.Database.AccountsAsync(identity));
    }

    [Fact]
    public async Task SO_09_Wrong_passwords_at_link_are_counted_as_failed_sign_ins()
    {
        await using var limited = await shared.StartAnotherAsync(("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:FreeFailures", "2"), ("Accounts:Throttling:SignInsPerMinute", "100"));
        using var client = limited.Client();
        var person = await limited.SignInVerifiedAsync(client);
        client.Cookies.Clear();
        var token = (await client.SignInAsync(provider, Identity.OfGoogle(person.Email)))["link_token"];
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await client.PostAsync(Link, new { link_token = token, password = Some.OtherPassword });
        }
        await limited.Database.HoldBlocksAsync();
        (await client.LoginAsync(person)).AssertRefused(429, "throttled");
    }

    [Fact]
    public async Task Sixteen_links_with_one_token_connect_once()
    {
        using var client = server.Client();
        var (person, identity, token) = await MeetAsync(client);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.PostAsync(Link, new { link_token = token, password = person.Password })));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(1, await server.Database.AccountsAsync(identity));
        Assert.Equal(1, await server.Database.EventsAsync(person, "social_account_connected"));
    }

    [Fact]
    public async Task A_user_without_a_password_is_told_the_providers_to_sign_in_with()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
        var answer = await client.SignInAsync(provider, Identity.OfGitHub(identity.Email));
        answer.AssertRefused(409, "account_exists");
        Assert.Equal(("""["google","mail"]""", 43), (answer["methods"], answer["link_token"]!.Length));
    }

    [Fact]
    public async Task Missing_fields_are_told_at_once()
    {
        using var client = server.Client();
        (await client.PostAsync(Link, new { password = "" })).AssertBody(400, """{"link_token":["This field is required."],"password":["This field may not be blank."]}""");
        (await client.PostAsync(Link, new { link_token = "garbage", password = "x" })).AssertRefused(400, "invalid_token");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"password":"x","code":"12345678"}""")]
    [InlineData("""{"password":"x","provider":"google","code":"x","state":"x"}""")]
    [InlineData("""{"password":"x","state":"x"}""")]
    public async Task Exactly_one_proof_is_taken(string proofs)
    {
        using var client = server.Client();
        var body = proofs.Replace("{", proofs == "{}" ? """{"link_token":"x" """ : """{"link_token":"x",""", StringComparison.Ordinal);
        var answer = await client.SendAsync(HttpMethod.Post, "/api/auth/social/link/", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        answer.AssertBody(400, OneProof);
    }

    [Fact]
    public async Task What_belongs_to_a_provider_is_told_where_it_is_missing()
    {
        using var client = server.Client();
        (await client.LinkAsync(new { link_token = "x", provider = "google" })).AssertBody(400, """{"code":["This field is required."],"state":["This field is required."]}""");
        (await client.LinkAsync(new { link_token = "x", code = "x", state = "x" })).AssertBody(400, """{"provider":["This field is required."]}""");
        (await client.LinkAsync(new { code = "12345678" })).AssertBody(400, """{"link_token":["This field is required."]}""");
    }

    private async Task<(Person Person, Identity Identity, string Token)> MeetAsync(ApiClient client)
    {
        var person = await server.SignInVerifiedAsync(client);
        var identity = Identity.OfGoogle(person.Email);
        var answer = await client.SignInAsync(provider, identity);
        answer.AssertRefused(409, "account_exists");
        Assert.Equal("""["password","mail"]""", answer["methods"]);
        Assert.Equal(0, await server.Database.AccountsAsync(identity));
        return (person, identity, answer["link_token"]!);
    }
}
