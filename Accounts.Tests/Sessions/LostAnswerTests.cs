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
        Assert.Equal((200, 1), (retried.Status, TokenText.GenerationOf(retried.RefreshCookie!)));
        await server.Session(token).AgeAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        await server.Session(token).AssertAsync(generation: 2, "alive");
    }

    [Fact]
    public async Task DU_02_A_refresh_repeated_after_the_leeway_leaves_no_branch_alive()
    {
        var token = client.RefreshCookie!;
        await LoseRefreshAsync(token);
        await server.Session(token).AgeAsync(TimeSpan.FromSeconds(60));
        (await client.RefreshAsync(token)).AssertRefreshRefused("reused");
        await server.Session(token).AssertAsync(generation: 1, "reused");
        await client.SignInAsync(person);
        Assert.Equal(200, (await client.RefreshAsync()).Status);
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
            var retried = await client.RefreshAsync(token);
            Assert.Equal((200, 1), (retried.Status, TokenText.GenerationOf(retried.RefreshCookie!)));
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
