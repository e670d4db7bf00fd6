using System.Net;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Development's own identity provider: as strict as a real one, and nowhere but in Development.</summary>
public sealed class FakeProviderTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;
    private ApiClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        client = server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_configured_the_fake_provider_is_the_only_one_offered()
    {
        var list = (await client.GetAsync("/api/auth/social/")).Json;
        Assert.Equal(("fake", "Fake provider", 1), (list[0].GetProperty("provider").GetString(), list[0].GetProperty("name").GetString(), list.GetArrayLength()));
        (await client.PostAsync("/api/auth/social/google/", new { code = "x" })).AssertRefused(400, "unsupported_provider");
    }

    [Fact]
    public async Task Who_has_just_joined_is_shown_the_same_time_as_later_to_the_microsecond()
    {
        foreach (var person in new[] { "1001", "1002", "1006" })
        {
            using var browser = server.Client();
            var joined = await browser.SignInAtFakeAsync(person);
            var later = await browser.MeAsync(joined.Access);
            Assert.Equal(later["date_joined"], joined.Json.GetProperty("user").GetProperty("date_joined").GetString());
        }
    }

    [Theory]
    [InlineData("Accounts:Social:GitHub:ClientId", "id", "Accounts:Social:GitHub:ClientSecret", "secret")]
    [InlineData("Accounts:Dev:Tools", "false", "Accounts:Dev:PostgresBin", "")]
    [InlineData("environment", "Production", "Accounts:Docs:Enabled", "true")]
    public async Task With_a_client_id_or_without_the_tools_it_is_gone_with_its_identities(string key, string value, string otherKey, string otherValue)
    {
        await SignInAsync("1001");
        await using var other = await TestServer.StartOnAsync(server.Database.ConnectionString, (key, value), (otherKey, otherValue));
        using var stranger = other.Client();
        Assert.DoesNotContain("fake", (await stranger.GetAsync("/api/auth/social/")).Text, StringComparison.Ordinal);
        (await stranger.PostAsync("/api/auth/social/fake/", new { code = "x", code_verifier = SocialSteps.Verifier })).AssertRefused(400, "unsupported_provider");
    }

    [Fact]
    public async Task Its_page_cannot_send_a_code_to_a_stranger_or_without_PKCE()
    {
        var begun = (await client.PostAsync("/api/auth/social/fake/begin/"))["authorization_url"]!;
        Assert.Equal(200, (await client.GetAsync(begun)).Status);
        foreach (var (name, value) in new[] { ("redirect_uri", "https://evil.test/"), ("code_challenge", ""), ("code_challenge_method", "plain"), ("client_id", "another"), ("redirect_uri", "javascript:alert(1)") })
        {
            Assert.Equal(400, (await client.GetAsync(With(begun, name, value))).Status);
            Assert.Equal(400, (await client.GetAsync(With(begun, name, value).Replace("/dev/provider", "/dev/provider/choose", StringComparison.Ordinal) + "&person=1001")).Status);
        }
    }

    [Fact]
    public async Task SO_02_Its_codes_serve_once_and_only_the_client_that_knows_the_secret()
    {
        var begun = (await client.PostAsync("/api/auth/social/fake/begin/"))["authorization_url"]!;
        var (code, state) = await AgreeAsync(begun, "1001");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["client_id"] = "fake-client", ["client_secret"] = "guessed", ["code_verifier"] = SocialSteps.Verifier,
        });
        Assert.Equal("invalid_client", (await client.SendAsync(HttpMethod.Post, "/dev/provider/token", form))["error"]);
        Assert.Equal(200, (await client.PostAsync("/api/auth/social/fake/", new { code, state })).Status);
        var again = (await client.PostAsync("/api/auth/social/fake/begin/"))["state"];
        (await client.PostAsync("/api/auth/social/fake/", new { code, state = again })).AssertRefused(400, "code_exchange_failed");
        Assert.Equal(1, await server.Database.CountAsync("sessions"));
    }

    [Fact]
    public async Task An_unverified_person_is_asked_by_mail()
    {
        await SignInAsync("1002");
        Assert.Equal(200, (await client.VerifyAsync(await server.Mailbox.TokenAsync("uma@example.com"))).Status);
        Assert.Equal(1, await server.Database.UsersAsync("uma@example.com", "email_verified"));
    }

    private async Task SignInAsync(string person)
    {
        var (code, state) = await AgreeAsync((await client.PostAsync("/api/auth/social/fake/begin/"))["authorization_url"]!, person);
        var answer = await client.PostAsync("/api/auth/social/fake/", new { code, state });
        Assert.True(answer.Status == 200, answer.ToString());
    }

    private async Task<(string Code, string State)> AgreeAsync(string address, string person)
    {
        var answer = await client.GetAsync($"{address.Replace("/dev/provider", "/dev/provider/choose", StringComparison.Ordinal)}&person={person}");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var query = QueryHelpers.ParseQuery(new Uri(answer.Header("Location")!).Query);
        return (query["code"]!, query["state"]!);
    }

    private static string With(string address, string name, string value)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query).ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString());
        query[name] = value;
        return QueryHelpers.AddQueryString(address.Split('?')[0], query);
    }
}
