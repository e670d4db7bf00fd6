using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

public sealed class ReplacedSessionTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
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
    public async Task SE_10_A_sign_in_ends_the_session_whose_cookie_came_along()
    {
        var person = await client.SignInSomebodyAsync();
        var (planted, access) = (client.RefreshCookie!, client.Access!);
        await client.SignInAsync(person);
        Assert.NotEqual(TokenText.SessionOf(planted), TokenText.SessionOf(client.RefreshCookie!));
        (await client.RefreshAsync(planted)).AssertRefreshRefused("revoked");
        (await client.MeAsync(access)).AssertAccessRefused("revoked");
        await server.Session(planted).AssertAsync(generation: 0, "replaced");
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SE_10_A_planted_cookie_of_somebody_else_is_ended_and_never_adopted()
    {
        using var attacker = server.Client();
        await attacker.SignInSomebodyAsync();
        var planted = attacker.RefreshCookie!;
        client.RefreshCookie = planted;
        var victim = await client.SignInSomebodyAsync();
        Assert.Equal(victim.Username, (await client.MeAsync())["username"]);
        (await attacker.RefreshAsync(planted)).AssertRefreshRefused("revoked");
        await server.Session(planted).AssertAsync(generation: 0, "replaced");
    }

    [Theory]
    [InlineData("fixed-by-an-attacker")]
    [InlineData("")]
    public async Task SE_10_A_planted_cookie_that_is_no_token_is_replaced(string planted)
    {
        client.RefreshCookie = planted;
        await client.SignInSomebodyAsync();
        Assert.NotEqual(planted, client.RefreshCookie);
        Assert.Equal(200, (await client.RefreshAsync()).Status);
    }

    [Fact]
    public async Task SE_10_A_cookie_with_another_secret_ends_no_session()
    {
        using var owner = server.Client();
        await owner.SignInSomebodyAsync();
        client.RefreshCookie = TokenText.WithSecret(owner.RefreshCookie!, new byte[32]);
        await client.SignInSomebodyAsync();
        await server.Session(owner.RefreshCookie!).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SE_10_An_old_generation_that_comes_along_is_ended_and_not_taken_for_reuse()
    {
        var person = await client.SignInSomebodyAsync();
        var old = client.RefreshCookie!;
        await client.RefreshAsync();
        await server.Session(old).AgeAsync(TimeSpan.FromMinutes(1));
        client.RefreshCookie = old;
        await client.SignInAsync(person);
        await server.Session(old).AssertAsync(generation: 1, "replaced");
        Assert.Equal(0, await server.Session(old).EventsAsync("refresh_token_reused"));
    }

    [Fact]
    public async Task A_sign_in_that_fails_leaves_the_session_whose_cookie_came_along()
    {
        var person = await client.SignInSomebodyAsync();
        var answer = await client.LoginAsync(person with { Password = Some.OtherPassword });
        Assert.Equal((401, "invalid_credentials"), (answer.Status, answer["code"]));
        Assert.Empty(answer.SetCookies);
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 0, "alive");
        Assert.Equal(200, (await client.RefreshAsync()).Status);
    }
}
