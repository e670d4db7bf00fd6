using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>Which refusals clear the cookie, and which leave it: a late answer must not wipe the cookie of the sign-in that followed.</summary>
public sealed class RefusedTokenTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;
    private string token = null!;

    public async ValueTask InitializeAsync()
    {
        client = server.Client();
        await client.SignInSomebodyAsync();
        token = client.RefreshCookie!;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Without_a_token_the_reason_is_missing()
    {
        using var nobody = server.Client();
        (await nobody.RefreshAsync()).AssertRefreshRefused("missing");
        (await nobody.RefreshAsync("")).AssertRefreshRefused("missing");
        (await nobody.PostAsync("/api/auth/token/refresh/", new { refresh = "" })).AssertRefreshRefused("missing");
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(21)]
    [InlineData(44)]
    [InlineData(45)]
    [InlineData(77)]
    [InlineData(108)]
    public async Task SE_12_A_token_with_one_bit_changed_is_invalid_and_cleared(int at)
    {
        (await client.RefreshAsync(TokenText.Flipped(token, at))).AssertRefreshRefused("invalid", cookieCleared: true);
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30.AAAA")]
    [InlineData("%00")]
    [InlineData("deleted")]
    public async Task SE_12_Garbage_is_invalid_and_cleared(string garbage)
    {
        (await client.RefreshAsync(garbage)).AssertRefreshRefused("invalid", cookieCleared: true);
        (await client.RefreshAsync(token[..^1])).AssertRefreshRefused("invalid", cookieCleared: true);
        (await client.RefreshAsync(token + "A")).AssertRefreshRefused("invalid", cookieCleared: true);
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task An_access_token_is_no_refresh_token()
    {
        (await client.RefreshAsync(client.Access!)).AssertRefreshRefused("invalid", cookieCleared: true);
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SE_12_Invalid_is_the_token_of_a_session_that_is_gone_and_it_is_cleared()
    {
        await server.Database.ExecuteAsync("DELETE FROM sessions WHERE id = @id", ("id", TokenText.SessionOf(token)));
        (await client.RefreshAsync(token)).AssertRefreshRefused("invalid", cookieCleared: true);
        Assert.Equal(0, await server.Database.CountAsync("sessions", "user_id = @id", ("id", TokenText.UserOf(token))));
    }

    [Fact]
    public async Task SE_12_Revoked_leaves_the_cookie()
    {
        await client.LogoutAsync();
        (await client.RefreshAsync(token)).AssertRefreshRefused("revoked");
        await server.Session(token).AssertAsync(generation: 0, "logout");
    }

    [Theory]
    [InlineData("is_active = false")]
    [InlineData("deleted_at = now()")]
    public async Task SE_12_A_user_who_does_not_live_is_revoked_and_the_cookie_left(string change)
    {
        await server.Database.ExecuteAsync($"UPDATE users SET {change} WHERE id = @id", ("id", TokenText.UserOf(token)));
        (await client.RefreshAsync(token)).AssertRefreshRefused("revoked");
        (await client.MeAsync()).AssertAccessRefused("revoked");
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SE_12_An_unknown_key_id_is_invalid_and_leaves_the_cookie()
    {
        (await client.RefreshAsync(TokenText.WithKeyId(token, [1, 2, 3, 4]))).AssertRefreshRefused("invalid");
        await server.Session(token).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task Two_cookies_of_one_name_are_refused_without_alarm()
    {
        using var elsewhere = server.Client();
        await elsewhere.SignInSomebodyAsync();
        var other = elsewhere.RefreshCookie!;
        foreach (var cookies in new[] { $"refresh_token={token}; refresh_token={other}", $"refresh_token={token}; refresh_token={token}", $"refresh_token=x; refresh_token={token}" })
        {
            (await client.PostAsync("/api/auth/token/refresh/", null, ("Cookie", cookies))).AssertRefreshRefused("invalid", cookieCleared: true);
        }
        await server.Session(token).AssertAsync(generation: 0, "alive");
        await server.Session(other).AssertAsync(generation: 0, "alive");
        Assert.Equal(0, await server.Session(token).EventsAsync("refresh_token_reused"));
    }

    [Theory]
    [InlineData("REFRESH_TOKEN")]
    [InlineData("Refresh_Token")]
    [InlineData("__Host-refresh_token")]
    [InlineData("refresh-token")]
    public async Task Only_the_cookie_of_the_exact_name_is_read(string name)
    {
        (await client.PostAsync("/api/auth/token/refresh/", null, ("Cookie", $"{name}={token}"))).AssertRefreshRefused("missing");
        Assert.Equal(200, (await client.PostAsync("/api/auth/token/refresh/", null, ("Cookie", $"{name}=planted; refresh_token={token}"))).Status);
        await server.Session(token).AssertAsync(generation: 1, "alive");
    }

    [Theory]
    [InlineData("""ga={"a":1,"b":"c d"}; refresh_token=@""")]
    [InlineData("""refresh_token=@; ga={"a":1,"b":"c d"}""")]
    [InlineData("flag; refresh_token=@")]
    [InlineData("""a="unclosed; refresh_token=@""")]
    [InlineData("=nameless; refresh_token=@")]
    [InlineData("; ; refresh_token=@;")]
    [InlineData("a(b)=c; refresh_token=@")]
    [InlineData("a=b,c; refresh_token=@")]
    public async Task Strange_cookies_of_others_on_the_host_sign_nobody_out(string cookies)
    {
        var answer = await client.PostAsync("/api/auth/token/refresh/", null, ("Cookie", cookies.Replace("@", token)));
        Assert.True(answer.Status == 200, answer.ToString());
        await server.Session(token).AssertAsync(generation: 1, "alive");
    }
}
