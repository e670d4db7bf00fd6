using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Cookies;

public sealed class RefreshCookieTests(Postgres postgres)
{
    private const string SameSite = "Accounts:Sessions:CookieSameSite";

    private static readonly (string, string) SameOrigin = ("Sec-Fetch-Site", "same-origin");

    [Theory]
    [InlineData("https", "Lax", "__Host-refresh_token", "httponly; path=/; samesite=lax; secure")]
    [InlineData("https", "Strict", "__Host-refresh_token", "httponly; path=/; samesite=strict; secure")]
    [InlineData("https", "None", "__Host-refresh_token_partitioned", "httponly; partitioned; path=/; samesite=none; secure")]
    [InlineData("http", "Lax", "refresh_token", "httponly; path=/; samesite=lax")]
    public async Task CC_01_Every_answer_that_sets_the_cookie_guards_it_alike(string scheme, string sameSite, string name, string guards)
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:PublicUrl", $"{scheme}://localhost:8443"), (SameSite, sameSite));
        using var client = server.Client();
        var (set, cleared) = await WalkAsync(client, server, name);
        Assert.All([.. set, .. cleared], cookie => Assert.Equal((name, guards), (cookie.Name, cookie.Guards)));
        Assert.All(set, cookie => Assert.InRange(cookie.MaxAge!.Value.TotalDays, 89.9, 90));
        Assert.All(cleared, cookie => Assert.Equal(("", TimeSpan.Zero), (cookie.Value, cookie.MaxAge)));
        Assert.Equal(1, await server.Database.CountAsync("sessions", "end_reason = 'logout'"));
    }

    [Theory]
    [InlineData("refresh_token")]
    [InlineData("__host-refresh_token")]
    [InlineData("__Secure-refresh_token")]
    public async Task CC_01_Behind_https_a_cookie_without_the_prefix_is_not_read(string planted)
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:PublicUrl", "https://localhost:8443"));
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        var token = client.Cookies["__Host-refresh_token"];
        (await RefreshAsync(client, $"{planted}={token}")).AssertRefreshRefused("missing");
        Assert.Equal(200, (await RefreshAsync(client, $"{planted}=garbage; __Host-refresh_token={token}")).Status);
        await server.Session(token).AssertAsync(generation: 1, "alive");
    }

    [Fact]
    public async Task CC_03_The_refresh_token_appears_in_no_body_and_in_no_header_but_Set_Cookie()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        var (answers, tokens) = (new List<Answer>(), new HashSet<string>());
        await foreach (var answer in FullFlowAsync(client, server))
        {
            answers.Add(answer);
            tokens.UnionWith(new[] { client.RefreshCookie ?? "", answer.RefreshCookie ?? "" }.Where(token => token.Length > 0));
        }
        Assert.Equal(4, tokens.Count);
        foreach (var token in tokens)
        {
            Assert.All(answers, answer => Assert.DoesNotContain(token, answer.Text));
            Assert.All(answers, answer => Assert.DoesNotContain(token, HeadersBut(answer, "Set-Cookie")));
            Assert.DoesNotContain(Convert.ToHexString(TokenText.SecretOf(token)), await server.Database.DumpAsync(), StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Through every answer that sets the cookie, and every one that clears it.</summary>
    private static async Task<(List<SetCookie> Set, List<SetCookie> Cleared)> WalkAsync(ApiClient client, TestServer server, string name)
    {
        var person = Some.Person();
        await client.RegisterAsync(person);
        var login = Only(await client.SignInAsync(person), name);
        var refresh = Only(await RefreshAsync(client, $"{name}={login.Value}"), name);
        var invalid = Only(await RefreshAsync(client, $"{name}=garbage"), name);
        var several = Only(await RefreshAsync(client, $"{name}=a; {name}=b"), name);
        var logout = Only(await client.PostAsync("/api/auth/logout/", null, ("Cookie", $"{name}={refresh.Value}"), SameOrigin), name);
        var old = Only(await client.SignInAsync(person), name);
        await server.Session(old.Value).AgeAsync(TimeSpan.FromDays(15));
        var expired = Only(await RefreshAsync(client, $"{name}={old.Value}"), name);
        return ([login, refresh], [invalid, several, logout, expired]);
    }

    private static SetCookie Only(Answer answer, string name) =>
        Assert.Single(answer.SetCookies.Select(SetCookie.Parse), cookie => cookie.Name == name);

    private static Task<Answer> RefreshAsync(ApiClient client, string cookies) =>
        client.PostAsync("/api/auth/token/refresh/", null, ("Cookie", cookies), SameOrigin);

    private static string HeadersBut(Answer answer, string name) =>
        string.Join('\n', answer.Headers.Where(header => header.Key != name).Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));

    private static async IAsyncEnumerable<Answer> FullFlowAsync(ApiClient client, TestServer server)
    {
        var person = Some.Person();
        yield return await client.RegisterAsync(person);
        yield return await client.PostAsync("/api/auth/verify-email/", new { token = await server.Mailbox.TokenAsync(person.Email) });
        yield return await client.SignInAsync(person);
        yield return await client.LoginAsync(person with { Password = Some.OtherPassword });
        yield return await client.MeAsync();
        yield return await client.PostAsync("/api/auth/token/verify/", new { token = client.RefreshCookie });
        yield return await client.PostAsync("/api/auth/token/refresh/", new { refresh = client.RefreshCookie });
        yield return await client.PostAsync("/api/auth/token/refresh/", null, ("X-Token-Transport", "body"));
        yield return await client.RefreshAsync(TokenText.Flipped(client.RefreshCookie!, 50));
        yield return await client.SignInAsync(person);
        yield return await client.PostAsync("/api/auth/token/refresh/", "not an object");
        yield return await client.GetAsync("/api/auth/token/refresh/");
        yield return await client.LogoutAsync();
    }
}
