using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>Without a leeway every refresh rotates; nothing depends on time stamps or on a process's memory.</summary>
[Trait("Pace", "slow")]
public sealed class RaceTestsWithoutLeeway(RaceTestsWithoutLeeway.TwoStrictNodes fixture) : IClassFixture<RaceTestsWithoutLeeway.TwoStrictNodes>
{
    private const int Rotations = 10;

    private readonly Nodes nodes = fixture.Nodes;
    private readonly Person person = fixture.Person;

    public sealed class TwoStrictNodes(Postgres postgres) : IAsyncLifetime
    {
        public Nodes Nodes { get; private set; } = null!;

        public Person Person { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Nodes = await Nodes.StartAsync(postgres, ("Accounts:Sessions:ReuseLeeway", "00:00:00"));
            Person = await Nodes.RegisterAsync();
        }

        public ValueTask DisposeAsync() => Nodes.DisposeAsync();
    }

    [Fact]
    public Task SE_05_The_grandparent_ends_the_session_for_whoever_holds_the_newest() => Rounds.RunAsync(atOnce: 4, async () =>
    {
        var chain = await ChainAsync(2);
        var racing = await Task.WhenAll(nodes.RefreshAsync(chain[0]), nodes.RefreshAsync(chain[2]));
        racing[0].AssertRefreshRefused("reused");
        (await nodes.RefreshAsync(racing[1].RefreshCookie ?? chain[2])).AssertRefreshRefused("revoked");
        await nodes.Session(chain[0]).AssertAsync(generation: racing[1].Status == 200 ? 3 : 2, "reused");
    });

    [Fact]
    public Task SE_02_Of_ten_who_share_a_token_each_gets_a_successor_and_two_who_use_theirs_are_found() => Rounds.RunAsync(atOnce: 4, async () =>
    {
        var token = (await nodes.SignInAsync(person)).RefreshCookie!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => nodes.RefreshAsync(token)));
        Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.ToString()));
        var successors = answers.Select(answer => answer.RefreshCookie!).OrderBy(TokenText.GenerationOf).ToArray();
        Assert.Equal(Enumerable.Range(1, 10).Select(generation => (long)generation), successors.Select(TokenText.GenerationOf));
        Assert.Equal(200, (await nodes.RefreshAsync(successors[3])).Status);
        (await nodes.RefreshAsync(successors[7])).AssertRefreshRefused("reused");
        await nodes.Session(token).AssertAsync(generation: 11, "reused");
        Assert.Equal(1, await nodes.Session(token).EventsAsync("refresh_token_reused"));
    });

    [Fact]
    public async Task SE_06_Ten_rotations_in_a_second_leave_nine_tokens_that_are_refused_before_and_after_a_restart()
    {
        var (before, after, kept) = (await ChainsAsync(), await ChainsAsync(), await ChainAsync(Rotations));
        await ReplayEachAsync(before, "reused");
        await nodes.RestartAsync();
        await ReplayEachAsync(before, "revoked");
        await ReplayEachAsync(after, "reused");
        Assert.Equal(200, (await nodes.RefreshAsync(kept[^1])).Status);
        await nodes.Session(kept[0]).AssertAsync(generation: Rotations + 1, "alive");
    }

    /// <summary>A replay ends its session, so that each of the nine old tokens is the first to be replayed in a session of its own.</summary>
    private Task ReplayEachAsync(List<string>[] chains, string reason) => Task.WhenAll(chains.Select(async (chain, old) =>
    {
        (await nodes.RefreshAsync(chain[old])).AssertRefreshRefused(reason);
        foreach (var token in chain)
        {
            (await nodes.RefreshAsync(token)).AssertRefreshRefused("revoked");
        }
        await nodes.Session(chain[0]).AssertAsync(Rotations, "reused");
    }));

    private Task<List<string>[]> ChainsAsync() => Task.WhenAll(Enumerable.Range(0, Rotations - 1).Select(_ => ChainAsync(Rotations)));

    /// <summary>The tokens of a session from its sign-in on, each made from the one before as fast as it goes.</summary>
    private async Task<List<string>> ChainAsync(int rotations)
    {
        var chain = new List<string> { (await nodes.SignInAsync(person)).RefreshCookie! };
        for (var i = 0; i < rotations; i++)
        {
            chain.Add((await nodes.RefreshAsync(chain[^1])).RefreshCookie!);
        }
        return chain;
    }
}
