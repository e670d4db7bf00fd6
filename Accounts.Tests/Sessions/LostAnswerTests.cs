using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>The connection is cut after the server has committed and before the answer is read: the client can only try again.</summary>
[Trait("Pace", "slow")]
public sealed class LostAnswerTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;
    private ApiClient client = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        client = server.Client();
        person = await client.SignInSomebodyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task DU_02_A_refresh_whose_answer_is_lost_is_safe_to_repeat()
    {
        var token = client.RefreshCookie!;
        await LoseRefreshAsync(token);
        var retried = await client.RefreshAsync(token);
        Assert.Equal((200, null), (retried.Status, retried.RefreshCookie));
        Assert.Equal(200, (await client.MeAsync(retried.Access)).Status);
        await server.Session(token).AgeAsync(TimeSpan.FromSeconds(31));
        var reissued = await client.RefreshAsync(token);
        Assert.Equal((200, 2), (reissued.Status, TokenText.GenerationOf(reissued.RefreshCookie!)));
        await server.Session(token).AgeAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        await server.Session(token).AssertAsync(generation: 3, "alive");
    }

    [Fact]
    public async Task SE_05_A_tab_that_is_closed_in_the_middle_of_a_refresh_signs_out_no_tab_that_opens_later()
    {
        var token = client.RefreshCookie!;
        await LoseRefreshAsync(token);
        await server.Session(token).AgeAsync(TimeSpan.FromDays(13));
        Assert.Equal(200, (await client.RefreshAsync(token)).Status);
        await server.Session(token).AssertAsync(generation: 2, "alive");
        Assert.Equal(1, await server.Session(token).EventsAsync("refresh_token_reissued"));
        Assert.Equal(0, await server.Session(token).EventsAsync("refresh_answers_lost"));
    }

    [Fact]
    public async Task SG_15_The_third_answer_in_a_row_that_is_lost_is_an_event_of_its_own_and_ends_nothing()
    {
        var token = client.RefreshCookie!;
        await client.RefreshAsync(token);
        for (var lost = 1; lost <= 4; lost++)
        {
            await server.Session(token).AgeAsync(TimeSpan.FromSeconds(31));
            Assert.Equal(200, (await client.RefreshAsync(token)).Status);
            Assert.Equal(lost, await server.Session(token).EventsAsync("refresh_token_reissued"));
            Assert.Equal(lost < 3 ? 0 : 1, await server.Session(token).EventsAsync("refresh_answers_lost"));
        }
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "template = 'refreshed_elsewhere'"));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36", "198.51.100.7", 1)]
    [InlineData("Mozilla/5.0 (X11; rv:140.0) Gecko/20100101 Firefox/140.0", "198.51.100.7", 0)]
    [InlineData("Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36", "127.0.0.77", 0)]
    public async Task SG_15_A_reissue_to_another_browser_in_another_network_is_told_by_mail(string signedInBy, string from, int mails)
    {
        using var firefox = server.Client("Mozilla/5.0 (X11; rv:141.0) Gecko/20100101 Firefox/141.0");
        await firefox.SignInAsync(person);
        var token = firefox.RefreshCookie!;
        await firefox.RefreshAsync(token);
        await server.Session(token).SetAsync("user_agent = @browser, ip = @ip", ("browser", signedInBy), ("ip", from));
        await server.Session(token).AgeAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(200, (await firefox.RefreshAsync(token)).Status);
        Assert.Equal(mails, await server.Session(token).EventsAsync("refresh_token_reissued_elsewhere"));
        Assert.Equal(mails, await server.Database.CountAsync("outbox_messages", "template = 'refreshed_elsewhere' AND recipient = @to", ("to", person.Email)));
        await server.Session(token).AssertAsync(generation: 2, "alive");
    }

    [Fact]
    public async Task DU_02_Refreshes_cut_at_any_moment_are_safe_to_repeat()
    {
        for (var round = 0; round < 20; round++)
        {
            await client.SignInAsync(person);
            var token = client.RefreshCookie!;
            await using (await SendAsync("/api/auth/token/refresh/", new { }, token))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * 6));
            }
            Assert.Equal(200, (await client.RefreshAsync(token)).Status);
            await server.Session(token).AssertAsync(generation: 1, "alive");
        }
    }

    [Fact]
    public async Task DU_02_A_sign_in_whose_answer_is_lost_is_safe_to_repeat()
    {
        var brought = client.RefreshCookie!;
        await using (await SendAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, brought))
        {
            await Until.TrueAsync(async () => await server.Session(brought).EndAsync() == "replaced", "the sign-in is committed");
        }
        await client.SignInAsync(person);
        Assert.Equal(200, (await client.MeAsync()).Status);
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 1, "alive");
        Assert.Equal((1, 3), (await server.Database.CountAsync("users"), await server.Database.CountAsync("sessions")));
    }

    private async Task LoseRefreshAsync(string token)
    {
        await using (await SendAsync("/api/auth/token/refresh/", new { }, token))
        {
            await Until.TrueAsync(async () => await server.Session(token).GenerationAsync() == 1, "the refresh is committed");
        }
    }

    private async Task<RawConnection> SendAsync(string path, object body, string token)
    {
        var connection = await RawConnection.OpenAsync(server.Address);
        await connection.PostAsync(path, body, $"Host: {server.Address.Authority}", "User-Agent: Tests/1.0", $"Cookie: refresh_token={token}");
        return connection;
    }
}
