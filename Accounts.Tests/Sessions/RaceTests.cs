using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>What honest clients and thieves do at once, over two server processes on one database.</summary>
[Collection(typeof(TwoNodes))]
[Trait("Pace", "slow")]
public sealed class RaceTests(TwoNodes fixture)
{
    private const int Tabs = 50;
    private static readonly TimeSpan PastLeeway = TimeSpan.FromSeconds(31);

    private readonly Nodes nodes = fixture.Nodes;

    [Fact]
    public async Task SE_03_Of_fifty_tabs_that_refresh_one_cookie_at_once_one_gets_the_successor_and_all_an_access_token()
    {
        var person = await nodes.RegisterAsync();
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var token = (await nodes.SignInAsync(person)).RefreshCookie!;
            var answers = await Task.WhenAll(Enumerable.Range(0, Tabs).Select(_ => nodes.RefreshAsync(token)));
            Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.ToString()));
            var successor = Assert.Single(answers, answer => answer.RefreshCookie is not null).RefreshCookie!;
            Assert.All(answers, answer => Assert.NotEmpty(answer.Access));
            await nodes.Session(token).AssertAsync(generation: 1, "alive");
            await nodes.Session(token).AgeAsync(PastLeeway);
            Assert.Equal(200, (await nodes.RefreshAsync(successor)).Status);
        });
    }

    [Fact]
    public async Task SE_03_Tabs_that_refresh_at_the_end_of_the_leeway_move_the_cookie_one_generation()
    {
        var person = await nodes.RegisterAsync();
        await Rounds.RunAsync(atOnce: 4, async () =>
        {
            var token = (await nodes.RefreshAsync((await nodes.SignInAsync(person)).RefreshCookie!)).RefreshCookie!;
            await nodes.Session(token).AgeAsync(TimeSpan.FromSeconds(29.97));
            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => nodes.RefreshAsync(token)));
            Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.ToString()));
            Assert.InRange(answers.Count(answer => answer.RefreshCookie is not null), 0, 1);
            Assert.InRange(await nodes.Session(token).GenerationAsync(), 1, 2);
            Assert.Equal("alive", await nodes.Session(token).EndAsync());
        });
    }

    [Fact]
    public async Task SE_04_A_replay_after_the_leeway_ends_the_session_at_once_on_every_node()
    {
        var person = await nodes.RegisterAsync();
        var untouched = (await nodes.SignInAsync(person)).RefreshCookie!;
        await Rounds.RunAsync(atOnce: 4, async () =>
        {
            var (used, newest) = await RotatedAsync(person);
            (await nodes.RefreshAsync(used)).AssertRefreshRefused("reused");
            var answers = await Task.WhenAll(nodes.RefreshAsync(newest.RefreshCookie!), nodes.RefreshAsync(used), MeAsync(newest.Access));
            answers[0].AssertRefreshRefused("revoked");
            answers[1].AssertRefreshRefused("revoked");
            answers[2].AssertAccessRefused("revoked");
            await AssertReusedOnceAsync(used, generation: 2);
        });
        await nodes.Session(untouched).AssertAsync(generation: 0, "alive");
        Assert.Equal(200, (await nodes.RefreshAsync(untouched)).Status);
        await AssertMailsAsync(person, Rounds.Count);
    }

    [Fact]
    public async Task SE_04_The_newest_token_racing_the_replay_does_not_outlive_it()
    {
        var person = await nodes.RegisterAsync();
        await Rounds.RunAsync(atOnce: 4, async () =>
        {
            var (used, newest) = await RotatedAsync(person);
            var racing = await Task.WhenAll(nodes.RefreshAsync(used), nodes.RefreshAsync(newest.RefreshCookie!), nodes.RefreshAsync(used));
            Assert.All([racing[0], racing[2]], answer => Assert.Contains(answer["reason"], new[] { "reused", "revoked" }));
            Assert.Contains(racing[1].Status, new[] { 200, 401 });
            (await nodes.RefreshAsync(newest.RefreshCookie!)).AssertRefreshRefused("revoked");
            if (racing[1].RefreshCookie is { } successor)
            {
                (await nodes.RefreshAsync(successor)).AssertRefreshRefused("revoked");
                (await MeAsync(racing[1].Access)).AssertAccessRefused("revoked");
            }
            await AssertReusedOnceAsync(used, generation: racing[1].RefreshCookie is null ? 2 : 3);
        });
        await AssertMailsAsync(person, Rounds.Count);
    }

    /// <summary>A session after two refreshes and the leeway that followed: its first token, and the answer with the newest.</summary>
    private async Task<(string Used, Answer Newest)> RotatedAsync(Person person)
    {
        var used = (await nodes.SignInAsync(person)).RefreshCookie!;
        var next = await nodes.RefreshAsync(used);
        await nodes.Session(used).AgeAsync(PastLeeway);
        var newest = await nodes.RefreshAsync(next.RefreshCookie!);
        await nodes.Session(used).AgeAsync(PastLeeway);
        return (used, newest);
    }

    private async Task<Answer> MeAsync(string access)
    {
        using var client = nodes.Client();
        return await client.MeAsync(access);
    }

    private async Task AssertReusedOnceAsync(string token, long generation)
    {
        await nodes.Session(token).AssertAsync(generation, "reused");
        Assert.Equal(1, await nodes.Session(token).EventsAsync("refresh_token_reused"));
    }

    /// <summary>Each is kept with its link; five an hour have a mail of their own, and one stands for the rest.</summary>
    private async Task AssertMailsAsync(Person person, int count)
    {
        Assert.Equal(count, await nodes.Database.CountAsync("account_changes", "kind = 'refresh_token_reused' AND email = @to", ("to", person.Email)));
        Assert.Equal(Math.Min(count, 5), await MailsAsync("session_reused"));
        Assert.Equal(count > 5 ? 1 : 0, await MailsAsync("more_changes"));
        Task<long> MailsAsync(string template) => nodes.Database.CountAsync("outbox_messages", "template = @template AND recipient = @to", ("template", template), ("to", person.Email));
    }
}
