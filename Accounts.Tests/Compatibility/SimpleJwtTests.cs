using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Compatibility;

/// <summary>What a client of djangorestframework-simplejwt sends, and what it is answered.</summary>
public sealed class SimpleJwtTests(EveryLibrary shared) : IClassFixture<EveryLibrary>, IDisposable
{
    private const string InCookie = "in-cookie";

    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task A_program_gets_both_tokens_in_the_body_and_goes_on_by_them()
    {
        var person = await client.RegisterSomebodyAsync();
        client.Cookies.Clear();
        var tokens = await ObtainAsync(person);
        Assert.Equal(200, tokens.Status);
        Assert.Equal(["refresh", "access"], tokens.Json.EnumerateObject().Select(member => member.Name));
        Assert.Empty(tokens.SetCookies);
        Assert.Equal(200, (await client.MeAsync(tokens["access"])).Status);
        (await client.PostAsync("/api/token/verify/", new { token = tokens["access"] })).AssertBody(200, "{}");
        var next = await client.PostAsync("/api/token/refresh/", new { refresh = tokens["refresh"] });
        Assert.True(next.Status == 200 && next["refresh"] is not null && next["access"] is not null, next.ToString());
        (await client.PostAsync("/api/token/blacklist/", new { refresh = next["refresh"] })).AssertBody(200, "{}");
        Assert.Equal((401, "token_not_valid"), Told(await client.PostAsync("/api/token/refresh/", new { refresh = next["refresh"] })));
        Assert.Equal((401, "token_not_valid"), Told(await client.PostAsync("/api/token/verify/", new { token = next["access"] })));
    }

    [Fact]
    public async Task SG_12_A_page_gets_its_refresh_token_in_a_cookie_and_a_word_that_is_no_credential()
    {
        var person = await client.RegisterSomebodyAsync();
        var tokens = await ObtainAsync(person, EveryLibrary.Page);
        Assert.Equal((200, InCookie), (tokens.Status, tokens["refresh"]));
        Assert.NotEmpty(tokens.RefreshCookie!);
        var next = await client.PostAsync("/api/token/refresh/", new { refresh = InCookie }, EveryLibrary.Page);
        Assert.Equal(200, next.Status);
        Assert.Equal(["access"], next.Json.EnumerateObject().Select(member => member.Name));
        using var thief = server.Client();
        Assert.Equal((401, "token_not_valid"), Told(await thief.PostAsync("/api/token/refresh/", new { refresh = InCookie }, EveryLibrary.Page)));
        Assert.Equal((401, "token_not_valid"), Told(await thief.PostAsync("/api/token/refresh/", new { refresh = InCookie })));
        (await client.PostAsync("/api/token/blacklist/", new { refresh = InCookie }, EveryLibrary.Page)).AssertBody(200, "{}");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task A_wrong_password_and_a_missing_one_are_told_in_its_words()
    {
        var person = await client.RegisterSomebodyAsync();
        foreach (var body in new object[] { new { username = person.Username, password = "wrong-tulips-44" }, new { username = "nobody", password = "wrong-tulips-44" } })
        {
            (await client.PostAsync("/api/token/", body)).AssertBody(401, """{"detail":"No active account found with the given credentials","code":"no_active_account"}""");
        }
        (await client.PostAsync("/api/token/", new { })).AssertBody(400, """{"username":["This field is required."],"password":["This field is required."]}""");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task A_token_that_is_none_is_refused_everywhere()
    {
        foreach (var (path, body) in new (string, object)[] { ("refresh", new { refresh = "x" }), ("verify", new { token = "x" }), ("blacklist", new { refresh = "x" }) })
        {
            var answer = await client.PostAsync($"/api/token/{path}/", body);
            Assert.Equal((401, "token_not_valid"), Told(answer));
            Assert.Equal("Token is invalid", answer["detail"]);
        }
    }

    [Fact]
    public async Task SG_12_A_refresh_token_is_not_taken_for_an_access_token()
    {
        var person = await client.RegisterSomebodyAsync();
        client.Cookies.Clear();
        var tokens = await ObtainAsync(person);
        Assert.Equal((401, "token_not_valid"), Told(await client.PostAsync("/api/token/verify/", new { token = tokens["refresh"] })));
    }

    private Task<Answer> ObtainAsync(Person person, params (string Name, string Value)[] headers) =>
        client.PostAsync("/api/token/", new { username = person.Username, password = person.Password }, headers);

    private static (int, string?) Told(Answer answer) => (answer.Status, answer["code"]);
}
