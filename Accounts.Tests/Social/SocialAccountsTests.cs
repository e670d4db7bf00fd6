using System.Text.Json;
using Accounts.Tests.Providers;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>What is connected, as its user sees it.</summary>
public sealed class SocialAccountsTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private const string Path = "/api/auth/social/accounts/";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Fact]
    public async Task The_list_tells_what_is_connected_since_when_and_when_it_was_last_used()
    {
        using var client = server.Client();
        var (github, google) = (Identity.OfGitHub(), Identity.OfGoogle());
        client.Access = (await client.SignInAsync(provider, github)).Access;
        server.HasProved(client);
        Assert.Equal(200, (await client.ConnectAsync(provider, google)).Status);
        var list = (await client.GetAsync(Path)).Json;
        Assert.Equal(2, list.GetArrayLength());
        Assert.All(list.EnumerateArray(), one => Assert.Equal(
            ["provider", "name", "email", "connected_at", "last_used_at"], one.EnumerateObject().Select(member => member.Name)));
        Assert.Equal(("github", "GitHub", github.Email), Said(list[0]));
        Assert.Equal(("google", "Google", google.Email), Said(list[1]));
        Assert.InRange(list[0].GetProperty("last_used_at").GetDateTime(), DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(5));
        Assert.InRange(list[1].GetProperty("connected_at").GetDateTime(), DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(5));
        Assert.Equal(JsonValueKind.Null, list[1].GetProperty("last_used_at").ValueKind);
        client.Access = (await client.SignInAsync(provider, google)).Access;
        Assert.Equal(JsonValueKind.String, (await client.GetAsync(Path)).Json[1].GetProperty("last_used_at").ValueKind);
    }

    [Fact]
    public async Task It_is_the_callers_own_and_nobody_elses()
    {
        using var client = server.Client();
        using var other = server.Client();
        Assert.Equal(200, (await other.SignInAsync(provider, Identity.OfGoogle())).Status);
        await client.SignInSomebodyAsync();
        (await client.GetAsync(Path)).AssertBody(200, "[]");
        client.Access = null;
        (await client.GetAsync(Path)).AssertRefused(401, "not_authenticated");
        (await client.PostAsync(Path, new { code = "x" })).AssertRefused(400, "unsupported_provider");
    }

    [Theory]
    [InlineData("https://pictures.example.test/a.png?size=96", "https://pictures.example.test/a.png?size=96")]
    [InlineData("http://pictures.example.test/a.png", ""), InlineData("javascript:alert(1)", ""), InlineData("//pictures.example.test/a.png", "")]
    [InlineData("https://somebody@pictures.example.test/a.png", ""), InlineData("data:image/png;base64,AAAA", ""), InlineData("", ""), InlineData(null, "")]
    [InlineData("https://pictures.example.test/\"onload=", "https://pictures.example.test/%22onload=")]
    public async Task Picture_and_page_are_kept_where_they_are_https(string? said, string kept)
    {
        using var client = server.Client();
        var github = Identity.OfGitHub();
        (github.User["avatar_url"], github.User["html_url"]) = (said, said);
        foreach (var identity in new[] { github, Identity.OfGoogle().With("picture", said).With("profile", said), Identity.OfOidc(provider).With("picture", said).With("profile", said) })
        {
            Assert.Equal(200, (await client.SignInAsync(provider, identity)).Status);
            Assert.Equal((kept, kept), (await KeptAsync(identity, "picture"), await KeptAsync(identity, "url")));
        }
    }

    [Fact]
    public async Task A_picture_of_any_length_is_not_kept()
    {
        using var client = server.Client();
        var (longest, longer) = (Identity.OfGoogle().With("picture", Address(1000)), Identity.OfGoogle().With("picture", Address(1001)));
        Assert.Equal(200, (await client.SignInAsync(provider, longest)).Status);
        Assert.Equal(200, (await client.SignInAsync(provider, longer)).Status);
        Assert.Equal((Address(1000), ""), (await KeptAsync(longest, "picture"), await KeptAsync(longer, "picture")));
    }

    private static string Address(int length) => "https://pictures.example.test/".PadRight(length, 'a');

    private Task<string> KeptAsync(Identity identity, string member) => server.Database.ScalarAsync<string>(
        $"SELECT extra_data->>'{member}' FROM social_accounts WHERE provider = @provider AND provider_uid = @uid", ("provider", identity.Provider), ("uid", identity.Uid));

    private static (string?, string?, string?) Said(JsonElement one) =>
        (one.GetProperty("provider").GetString(), one.GetProperty("name").GetString(), one.GetProperty("email").GetString());
}
