using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>What a page asks when it loads, and what it asks when it finds itself signed out.</summary>
public sealed class SessionRequestTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Path = "/api/auth/session/", Why = "/api/auth/session/why/";

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
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_14_A_visitor_is_told_that_nobody_is_here_and_no_cookie_is_touched()
    {
        var answer = await client.PostAsync(Path);
        Assert.Equal((200, """{"user":null}"""), (answer.Status, answer.Text));
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Fact]
    public async Task Who_is_signed_in_gets_a_refresh_and_the_user_in_one_answer()
    {
        await client.SignInSomebodyAsync();
        var before = client.RefreshCookie!;
        var answer = await client.PostAsync(Path);
        Assert.Equal(["access", "access_expires_in", "user"], answer.Json.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(1, TokenText.GenerationOf(answer.RefreshCookie!));
        var me = await client.MeAsync(answer.Access);
        Assert.Equal(me.Text, answer.Json.GetProperty("user").GetRawText());
        await server.Session(before).AssertAsync(generation: 1, "alive");
        Assert.Null((await client.PostAsync(Path)).RefreshCookie);
    }

    [Theory]
    [InlineData("expired", true)]
    [InlineData("revoked", false)]
    [InlineData("reused", false)]
    [InlineData("invalid", true)]
    public async Task SG_14_Who_is_signed_out_is_told_why_and_never_by_a_401(string reason, bool cookieCleared)
    {
        await client.SignInSomebodyAsync();
        var row = server.Session(client.RefreshCookie!);
        var token = client.RefreshCookie!;
        await (reason switch
        {
            "expired" => row.AgeAsync(TimeSpan.FromDays(15)),
            "revoked" => row.SetAsync("ended_at = now(), end_reason = 'logout'"),
            "reused" => row.SetAsync("generation = 5, parent_generation = 4, first_child = 5"),
            _ => Task.CompletedTask,
        });
        var answer = await client.PostAsync(Path, null, ("Cookie", $"refresh_token={(reason == "invalid" ? "garbage" : token)}"));
        Assert.Equal((200, $$"""{"user":null,"reason":"{{reason}}"}"""), (answer.Status, answer.Text));
        Assert.Equal(cookieCleared, answer.Header("Set-Cookie") is not null);
        Assert.Equal(reason == "reused", await row.EndAsync() == "reused");
    }

    [Fact]
    public async Task In_body_mode_the_token_comes_and_goes_in_bodies()
    {
        var person = Some.Person();
        await client.RegisterAsync(person);
        var first = (await client.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, ("X-Token-Transport", "body")))["refresh"]!;
        var answer = await client.PostAsync(Path, new { refresh = first });
        Assert.Equal(1, TokenText.GenerationOf(answer["refresh"]!));
        Assert.Equal(person.Username, answer.Json.GetProperty("user").GetProperty("username").GetString());
        Assert.Equal(answer["refresh"], (await client.PostAsync(Path, new { refresh = answer["refresh"] }))["refresh"]);
    }

    [Fact]
    public async Task SG_15_Whoever_holds_a_token_of_an_ended_session_learns_why_and_in_which_hour_and_of_a_live_one_nothing()
    {
        var person = await client.SignInSomebodyAsync();
        var token = client.RefreshCookie!;
        Assert.Equal("{}", (await client.PostAsync(Why)).Text);
        await client.LogoutAsync();
        await server.Session(token).SetAsync("ended_at = '2026-01-15 09:47:11Z'");
        Assert.Equal("""{"reason":"logout","ended_at":"2026-01-15T09:00:00Z"}""", (await WhyAsync(token)).Text);
        Assert.Equal("{}", (await WhyAsync(TokenText.WithSecret(token, new byte[32]))).Text);
        await client.SignInAsync(person);
        token = client.RefreshCookie!;
        var reset = await server.ResetTokenAsync(client, person);
        await client.ResetAsync(reset);
        Assert.Equal("user_ended", (await WhyAsync(token))["reason"]);
        Assert.Equal("user_ended", (await client.PostAsync(Why, new { refresh = token }, ("Cookie", "refresh_token=garbage")))["reason"]);
    }

    private Task<Answer> WhyAsync(string token) => client.PostAsync(Why, null, ("Cookie", $"refresh_token={token}"));
}
