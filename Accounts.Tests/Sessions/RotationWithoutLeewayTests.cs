using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

public sealed class RotationWithoutLeewayTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;
    private ApiClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres, ("Accounts:Sessions:ReuseLeeway", "00:00:00"));
        client = server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task SE_02_Of_a_chain_of_100_refreshes_all_tokens_differ_and_beside_the_last_its_parent_alone_works()
    {
        await client.SignInSomebodyAsync();
        var chain = await ChainAsync(100);
        Assert.Equal(101, chain.Distinct().Count());
        var row = server.Session(chain[^1]);
        await row.AssertAsync(generation: 100, "alive");
        var late = (await client.RefreshAsync(chain[^1])).RefreshCookie!;
        Assert.Equal(102, TokenText.GenerationOf((await client.RefreshAsync(chain[^1])).RefreshCookie!));
        Assert.Equal(103, TokenText.GenerationOf((await client.RefreshAsync(late)).RefreshCookie!));
        (await client.RefreshAsync(chain[^1])).AssertRefreshRefused("reused");
        await row.AssertAsync(generation: 103, "reused");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(98)]
    public async Task SE_02_Every_token_of_the_chain_before_the_last_two_is_reuse(int replayed)
    {
        await client.SignInSomebodyAsync();
        var chain = await ChainAsync(100);
        (await client.RefreshAsync(chain[replayed])).AssertRefreshRefused("reused");
        (await client.RefreshAsync(chain[100])).AssertRefreshRefused("revoked");
        await server.Session(chain[0]).AssertAsync(generation: 100, "reused");
    }

    [Fact]
    public async Task SE_05_The_grandparent_of_the_current_token_is_reuse()
    {
        await client.SignInSomebodyAsync();
        var chain = await ChainAsync(2);
        (await client.RefreshAsync(chain[0])).AssertRefreshRefused("reused");
        (await client.RefreshAsync(chain[2])).AssertRefreshRefused("revoked");
        await server.Session(chain[0]).AssertAsync(generation: 2, "reused");
    }

    private async Task<List<string>> ChainAsync(int length)
    {
        var chain = new List<string> { client.RefreshCookie! };
        for (var i = 0; i < length; i++)
        {
            var answer = await client.RefreshAsync();
            Assert.True(answer.Status == 200, answer.ToString());
            chain.Add(answer.RefreshCookie!);
        }
        return chain;
    }
}
