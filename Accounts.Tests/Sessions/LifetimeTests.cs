using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

public sealed class LifetimeTests(Postgres postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1), Minute = TimeSpan.FromMinutes(1), Second = TimeSpan.FromSeconds(1);

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
    public async Task SE_07_A_session_refreshed_daily_lives_for_90_days_and_no_longer()
    {
        var session = await SignInAsync(remember: true);
        for (var day = 1; day < 90; day++)
        {
            await session.AgeAsync(Day);
            Assert.Equal(200, (await client.RefreshAsync()).Status);
        }
        await session.AgeAsync(Day - 10 * Minute);
        var last = await client.RefreshAsync();
        Assert.Equal(200, last.Status);
        await session.AgeAsync(10 * Minute + Second);
        await AssertExpiredAsync(session, generation: 90, last.Access);
    }

    [Fact]
    public async Task SE_07_A_session_idle_for_14_days_is_over()
    {
        var session = await SignInAsync(remember: true);
        await session.AgeAsync(14 * Day - Minute);
        var last = await client.RefreshAsync();
        Assert.Equal(200, last.Status);
        await session.AgeAsync(14 * Day + Second);
        await AssertExpiredAsync(session, generation: 1, last.Access);
    }

    [Fact]
    public async Task SE_07_A_session_that_is_not_remembered_is_over_after_24_idle_hours()
    {
        var session = await SignInAsync(remember: false);
        await session.AgeAsync(Day - Minute);
        var last = await client.RefreshAsync();
        Assert.Equal(200, last.Status);
        await session.AgeAsync(Day + Second);
        await AssertExpiredAsync(session, generation: 1, last.Access);
    }

    [Fact]
    public async Task A_session_that_is_not_remembered_has_a_cookie_that_goes_with_the_browser()
    {
        await SignInAsync(remember: false);
        var refreshed = SetCookie.Parse((await client.RefreshAsync()).SetCookies.Single());
        Assert.DoesNotContain("max-age", refreshed.Attributes.Keys);
        Assert.DoesNotContain("expires", refreshed.Attributes.Keys);
        Assert.False(await server.Session(client.RefreshCookie!).ReadAsync<bool>("persistent"));
    }

    [Fact]
    public async Task SE_07_The_cookies_age_is_what_is_left_of_the_absolute_life()
    {
        var session = await SignInAsync(remember: true);
        await session.AgeAsync(10 * Day);
        var refreshed = SetCookie.Parse((await client.RefreshAsync()).SetCookies.Single());
        Assert.InRange(refreshed.MaxAge!.Value, 80 * Day - Minute, 80 * Day);
    }

    [Fact]
    public async Task An_expired_session_is_not_taken_for_reuse_whatever_generation_comes()
    {
        var session = await SignInAsync(remember: true);
        var old = client.RefreshCookie!;
        await client.RefreshAsync();
        await session.AgeAsync(14 * Day + Second);
        (await client.RefreshAsync(old)).AssertRefreshRefused("expired", cookieCleared: true);
        await session.AssertAsync(generation: 1, "alive");
        Assert.Equal(0, await session.EventsAsync("refresh_token_reused"));
    }

    [Fact]
    public async Task Lifetimes_follow_the_settings_of_today()
    {
        var token = await SignInAsync(remember: true) is var session ? client.RefreshCookie! : "";
        await session.AgeAsync(TimeSpan.FromHours(2));
        await using var stricter = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:Sessions:IdleLifetime", "01:00:00"));
        using var there = stricter.Client();
        (await there.RefreshAsync(token)).AssertRefreshRefused("expired", cookieCleared: true);
        Assert.Equal(200, (await client.RefreshAsync(token)).Status);
        await session.AssertAsync(generation: 1, "alive");
    }

    private async Task<SessionRow> SignInAsync(bool remember)
    {
        var person = Some.Person();
        await client.RegisterAsync(person);
        var answer = await client.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password, remember });
        Assert.Equal(200, answer.Status);
        return server.Session(answer.RefreshCookie!);
    }

    private async Task AssertExpiredAsync(SessionRow session, long generation, string access)
    {
        (await client.RefreshAsync()).AssertRefreshRefused("expired", cookieCleared: true);
        (await client.MeAsync(access)).AssertAccessRefused("revoked");
        await session.AssertAsync(generation, "alive");
    }
}
