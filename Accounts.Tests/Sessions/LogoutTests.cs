using Accounts.Core.Tokens;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Sessions;

public sealed class LogoutTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;
    private Person person = null!;
    private string saved = null!;

    public async ValueTask InitializeAsync()
    {
        client = server.Client();
        person = await client.SignInSomebodyAsync();
        saved = client.RefreshCookie!;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SE_08_Logout_ends_the_session_on_the_server_and_clears_the_cookie()
    {
        AssertLoggedOut(await client.LogoutAsync());
        (await client.RefreshAsync(saved)).AssertRefreshRefused("revoked");
        (await client.MeAsync()).AssertAccessRefused("revoked");
        await server.Session(saved).AssertAsync(generation: 0, "logout");
        Assert.Equal(1, await server.Session(saved).EventsAsync("signed_out"));
    }

    [Fact]
    public async Task SE_08_Logout_is_idempotent()
    {
        await client.LogoutAsync();
        var ended = await server.Session(saved).ReadAsync<DateTime>("ended_at");
        client.RefreshCookie = saved;
        AssertLoggedOut(await client.LogoutAsync());
        AssertLoggedOut(await client.LogoutAsync());
        Assert.Equal(ended, await server.Session(saved).ReadAsync<DateTime>("ended_at"));
        Assert.Equal(1, await server.Session(saved).EventsAsync("signed_out"));
    }

    [Fact]
    public async Task SE_08_Logout_works_by_cookie_without_an_access_token()
    {
        client.Access = null;
        AssertLoggedOut(await client.LogoutAsync());
        await server.Session(saved).AssertAsync(generation: 0, "logout");
    }

    [Fact]
    public async Task SE_08_Logout_works_by_an_access_token_alone()
    {
        using var elsewhere = server.Client();
        elsewhere.Access = client.Access;
        AssertLoggedOut(await elsewhere.LogoutAsync());
        await server.Session(saved).AssertAsync(generation: 0, "logout");
    }

    [Fact]
    public async Task SE_08_Logout_works_by_an_expired_access_token_alone()
    {
        using var elsewhere = server.Client();
        elsewhere.Access = ExpiredAccess();
        (await elsewhere.MeAsync()).AssertAccessRefused("expired");
        AssertLoggedOut(await elsewhere.LogoutAsync());
        await server.Session(saved).AssertAsync(generation: 0, "logout");
    }

    [Fact]
    public async Task SE_08_Logout_works_by_a_body_mode_token_which_goes_before_the_cookie()
    {
        using var native = server.Client();
        var answer = await native.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, ("X-Token-Transport", "body"));
        var refresh = answer["refresh"]!;
        AssertLoggedOut(await client.PostAsync("/api/auth/logout/", new { refresh }));
        await server.Session(refresh).AssertAsync(generation: 0, "logout");
        await server.Session(saved).AssertAsync(generation: 0, "alive");
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("a.b.c")]
    public async Task SE_08_Logout_of_an_unknown_token_is_done_already(string token)
    {
        using var nobody = server.Client();
        nobody.RefreshCookie = token;
        nobody.Access = token;
        AssertLoggedOut(await nobody.LogoutAsync());
        AssertLoggedOut(await nobody.PostAsync("/api/auth/logout/", new { refresh = token }));
        await server.Session(saved).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SE_08_Logout_without_anything_is_done_already()
    {
        using var nobody = server.Client();
        AssertLoggedOut(await nobody.LogoutAsync());
        await server.Session(saved).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SG_15_A_token_that_a_refresh_would_take_for_reuse_logs_out_and_is_told_as_reuse()
    {
        await client.RefreshAsync();
        await server.Session(saved).AgeAsync(TimeSpan.FromMinutes(1));
        await client.RefreshAsync();
        client.RefreshCookie = saved;
        AssertLoggedOut(await client.LogoutAsync());
        await server.Session(saved).AssertAsync(generation: 2, "reused");
        Assert.Equal(1, await server.Session(saved).EventsAsync("refresh_token_reused"));
        Assert.Equal(1, await server.Database.CountAsync("outbox_messages", "template = 'session_reused' AND recipient = @to", ("to", person.Email)));
    }

    [Fact]
    public async Task The_parent_of_the_current_token_logs_out_and_is_no_reuse()
    {
        await client.RefreshAsync();
        await server.Session(saved).AgeAsync(TimeSpan.FromMinutes(1));
        client.RefreshCookie = saved;
        AssertLoggedOut(await client.LogoutAsync());
        await server.Session(saved).AssertAsync(generation: 1, "logout");
        Assert.Equal(0, await server.Session(saved).EventsAsync("refresh_token_reused"));
    }

    [Fact]
    public async Task A_token_with_another_secret_logs_nobody_out()
    {
        using var stranger = server.Client();
        stranger.RefreshCookie = TokenText.WithSecret(saved, new byte[32]);
        AssertLoggedOut(await stranger.LogoutAsync());
        await server.Session(saved).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SE_08_A_page_that_is_gone_before_the_answer_is_logged_out_all_the_same()
    {
        await HangUp.WhileLockedAsync(server, saved, "/api/auth/logout/");
        await Until.TrueAsync(async () => await server.Session(saved).EndAsync() == "logout", "the session ended");
    }

    [Fact]
    public async Task Logout_ends_this_session_only()
    {
        using var elsewhere = server.Client();
        await elsewhere.SignInAsync(person);
        await client.LogoutAsync();
        await server.Session(elsewhere.RefreshCookie!).AssertAsync(generation: 0, "alive");
        Assert.Equal(200, (await elsewhere.MeAsync()).Status);
    }

    private string ExpiredAccess()
    {
        var session = server.Session(saved);
        var signer = server.Services.GetRequiredService<AccessTokenSigner>();
        return signer.Sign(new AccessTokenSubject(session.UserId, session.Id, DateTimeOffset.UtcNow, ["pwd"], [], false), TimeSpan.FromMinutes(-5));
    }

    private static void AssertLoggedOut(Answer answer)
    {
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal("Logged out", answer["detail"]);
        Assert.Equal("", answer.RefreshCookie);
    }
}
