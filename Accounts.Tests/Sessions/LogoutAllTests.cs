using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>Signing out everywhere, or everywhere else.</summary>
public sealed class LogoutAllTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;
    private ApiClient[] others = [];
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        client = server.Client();
        others = [server.Client(), server.Client(), server.Client()];
        person = await client.SignInSomebodyAsync();
        foreach (var other in others)
        {
            await other.SignInAsync(person);
        }
    }

    public ValueTask DisposeAsync()
    {
        Array.ForEach([client, .. others], one => one.Dispose());
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SE_09_Signing_out_everywhere_ends_every_session_and_tells_how_many()
    {
        await server.Session(others[0].RefreshCookie!).AgeAsync(TimeSpan.FromDays(15));
        var token = client.RefreshCookie!;
        var answer = await client.LogoutAllAsync(keepCurrent: false);
        answer.AssertBody(200, """{"ended":3}""");
        Assert.Equal("", answer.RefreshCookie);
        client.RefreshCookie = token;
        foreach (var one in new[] { client, others[1], others[2] })
        {
            await one.AssertOutAsync();
            Assert.Equal("logout_all", (await one.PostAsync("/api/auth/session/why/"))["reason"]);
        }
        Assert.Equal(1, await server.Session(token).EventsAsync("signed_out_everywhere"));
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
        await server.SweepAsync();
        Assert.Equal("logout_all", await server.Session(token).ReadAsync<string>("end_reason"));
    }

    [Fact]
    public async Task SE_09_The_session_that_stays_is_of_the_new_epoch_and_all_others_are_over()
    {
        var began = await server.Session(client.RefreshCookie!).ReadAsync<DateTime>("created_at");
        (await client.LogoutAllAsync(keepCurrent: true)).AssertBody(200, """{"ended":3}""");
        foreach (var other in others)
        {
            await other.AssertOutAsync();
        }
        Assert.Equal(200, (await client.MeAsync()).Status);
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 1, "alive");
        Assert.Equal("1", await server.Session(client.RefreshCookie!).ReadAsync<string>("epoch::text"));
        Assert.Equal(began, await server.Session(client.RefreshCookie!).ReadAsync<DateTime>("created_at"));
        (await client.LogoutAllAsync(keepCurrent: true)).AssertBody(200, """{"ended":0}""");
        Assert.Equal(200, (await client.MeAsync()).Status);
    }

    [Fact]
    public async Task SG_05_The_device_that_stays_is_known_again_where_it_was_known_and_who_has_but_an_access_token_becomes_none()
    {
        var (before, access) = (client.Cookies["device"], client.Access);
        Assert.NotEqual(before, (await client.LogoutAllAsync(keepCurrent: true)).Cookie("device"));
        Assert.NotEqual(before, client.Cookies["device"]);
        using var thief = server.Client();
        thief.Access = access;
        Assert.Empty((await thief.LogoutAllAsync(keepCurrent: true)).SetCookies);
        thief.Cookies["device"] = before;
        Assert.Empty((await thief.LogoutAllAsync(keepCurrent: true)).SetCookies);
    }

    [Fact]
    public async Task Nobody_elses_session_ends()
    {
        using var stranger = server.Client();
        await stranger.SignInSomebodyAsync();
        await client.LogoutAllAsync(keepCurrent: false);
        Assert.Equal(200, (await stranger.RefreshAsync()).Status);
    }

    [Fact]
    public async Task What_is_neither_true_nor_false_ends_nothing()
    {
        var answer = await client.PostAsync("/api/auth/logout/all/", new { keep_current = "perhaps" });
        answer.AssertBody(400, """{"keep_current":["Must be a valid boolean."]}""");
        Assert.Equal(4, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task SE_09_Of_two_that_sign_everybody_else_out_at_once_one_goes_on()
    {
        var answers = await Task.WhenAll(client.LogoutAllAsync(keepCurrent: true), others[0].LogoutAllAsync(keepCurrent: true));
        Assert.Equal([200, 401], answers.Select(answer => answer.Status).Order());
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task SE_09_A_sign_in_and_refreshes_at_the_same_moment_leave_no_session_of_before()
    {
        for (var round = 0; round < 5; round++)
        {
            using var late = server.Client();
            await Task.WhenAll([client.LogoutAllAsync(keepCurrent: true), late.SignInAsync(person), .. others.Select(other => other.RefreshAsync())]);
            foreach (var other in others)
            {
                Assert.Equal("revoked", (await other.RefreshAsync())["reason"]);
                await other.SignInAsync(person);
            }
            Assert.Equal(200, (await client.RefreshAsync()).Status);
        }
    }
}
