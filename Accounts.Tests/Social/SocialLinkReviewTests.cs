using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>What a front end reads of <c>account_exists</c> after the redirect flow, which brings it no body.</summary>
public sealed class SocialLinkReviewTests(SocialServer shared) : IClassFixture<SocialServer>, IDisposable
{
    private const string Path = "/api/auth/social/link/", Link = "social_link";

    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;
    private readonly ApiClient client = shared.Server.Client();

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task SO_06_It_tells_by_the_cookie_what_may_be_connected_and_by_which_proofs()
    {
        var person = await MeetAsync(github: true);
        var answer = await client.GetAsync(Path);
        Assert.Equal((200, "no-store"), (answer.Status, answer.Header("Cache-Control")));
        Assert.Equal(["provider", "methods", "email", "expires_in"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("google", """["password","github","mail"]"""), (answer["provider"], answer["methods"]));
        Assert.Equal($"{person.Email[0]}…@{person.Email.Split('@')[1]}", answer["email"]);
        Assert.InRange(answer.Json.GetProperty("expires_in").GetInt32(), 500, 600);
        Assert.Empty(answer.SetCookies);
    }

    [Fact]
    public async Task Looking_is_no_try_and_a_mail_gives_it_time_anew()
    {
        var person = await MeetAsync();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(200, (await client.GetAsync(Path)).Status);
        }
        Assert.Equal(1, await server.Database.CountAsync("link_tokens t JOIN users u ON u.id = t.user_id", "u.email = @e AND t.attempts = 0", ("e", person.Email)));
        await server.Database.ExecuteAsync("UPDATE link_tokens SET expires_at = now() + interval '1 minute'");
        Assert.InRange((await client.GetAsync(Path)).Json.GetProperty("expires_in").GetInt32(), 1, 60);
        await client.AskLinkCodeAsync(new { });
        Assert.InRange((await client.GetAsync(Path)).Json.GetProperty("expires_in").GetInt32(), 500, 600);
        Assert.Equal(200, (await client.LinkAsync(new { password = person.Password })).Status);
    }

    [Theory]
    [InlineData("no cookie"), InlineData("two cookies"), InlineData("garbage"), InlineData("in the address"), InlineData("as Bearer")]
    [InlineData("spent"), InlineData("expired"), InlineData("tried five times"), InlineData("another password"), InlineData("not active")]
    public async Task SO_06_It_tells_nothing_without_a_cookie_that_is_good(string wrong)
    {
        var person = await MeetAsync();
        var token = client.Cookies[Link];
        if (wrong is "no cookie" or "in the address" or "as Bearer")
        {
            client.Cookies.Remove(Link);
        }
        switch (wrong)
        {
            case "garbage":
                client.Cookies[Link] = "garbage";
                break;
            case "spent":
                Assert.Equal(200, (await client.LinkAsync(new { password = person.Password })).Status);
                client.Cookies[Link] = token;
                break;
            case "expired":
                await server.Database.ExecuteAsync("UPDATE link_tokens SET expires_at = now()");
                break;
            case "tried five times":
                await server.Database.ExecuteAsync("UPDATE link_tokens SET attempts = 5");
                break;
            case "another password":
                await server.Database.ChangeAsync(person, "security_stamp = 'another'");
                break;
            case "not active":
                await server.Database.ChangeAsync(person, "is_active = false");
                break;
        }
        (string, string)[] headers = wrong switch
        {
            "two cookies" => [("Cookie", $"{Link}={token}; {Link}=planted")],
            "as Bearer" => [("Authorization", $"Bearer {token}")],
            _ => [],
        };
        var answer = await client.GetAsync(wrong == "in the address" ? $"{Path}?link_token={token}" : Path, headers);
        answer.AssertRefused(400, "invalid_token");
        Assert.DoesNotContain("example", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CC_04_Only_scripts_of_listed_origins_read_it()
    {
        await using var listing = await shared.StartAnotherAsync(("environment", "Production"), ("Accounts:AllowedOrigins", "https://app.example.test"));
        using var visitor = listing.Client();
        foreach (var (origin, allowed) in new[] { ("https://app.example.test", "https://app.example.test"), ("https://evil.example", null) })
        {
            var answer = await visitor.GetAsync(Path, ("Origin", origin));
            answer.AssertRefused(400, "invalid_token");
            Assert.Equal((allowed, true), (answer.Header("Access-Control-Allow-Origin"), answer.Vary.Contains("Origin")));
        }
    }

    /// <summary>A redirect flow that ended with <c>account_exists</c>.</summary>
    private async Task<Person> MeetAsync(bool github = false)
    {
        using var owner = server.Client();
        var person = await server.SignInVerifiedAsync(owner);
        if (github)
        {
            Assert.Equal(200, (await owner.ConnectAsync(provider, Identity.OfGitHub())).Status);
        }
        var back = await client.GetAsync(await client.LeaveAsync(provider, Identity.OfGoogle(person.Email)));
        Assert.Equal($"{server.Address}?error=account_exists", back.Header("Location"));
        return person;
    }
}
