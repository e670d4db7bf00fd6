using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>
/// A browser that is restored with ten tabs, each of which refreshes twice. Everything is ten times as fast as in life,
/// the leeway too: tabs come within half a second instead of five, round trips of 80 and 300 ms are 8 and 30.
/// </summary>
[Trait("Pace", "slow")]
public sealed class RaceTestsOfTabs(RaceTestsOfTabs.TwoFastNodes fixture) : IClassFixture<RaceTestsOfTabs.TwoFastNodes>
{
    private const int Tabs = 10, RefreshesOfATab = 2;
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(3), Restoring = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan[] RoundTrips = [TimeSpan.FromMilliseconds(8), TimeSpan.FromMilliseconds(30)];

    private readonly Nodes nodes = fixture.Nodes;

    public sealed class TwoFastNodes(Postgres postgres) : IAsyncLifetime
    {
        public Nodes Nodes { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Nodes = await Nodes.StartAsync(postgres, ("Accounts:Sessions:ReuseLeeway", Leeway.ToString()));

        public ValueTask DisposeAsync() => Nodes.DisposeAsync();
    }

    /// <param name="generation">of the cookie that the browser had kept</param>
    /// <param name="sinceRotation">how much of the leeway was over then: with 0.92 it ends while the tabs come</param>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(1, 0.92)]
    [InlineData(1, 2)]
    public async Task SE_05_Ten_restored_tabs_with_slow_round_trips_sign_nobody_out(int generation, double sinceRotation)
    {
        var person = await nodes.RegisterAsync();
        await Rounds.RunAsync(atOnce: 10, async () =>
        {
            var browser = new Browser(nodes, await SignInAsync(person, generation));
            await nodes.Session(browser.Cookie).AgeAsync(Leeway * sinceRotation);
            var answers = await Task.WhenAll(Enumerable.Range(0, Tabs).Select(tab => browser.RestoreTabAsync(RoundTrips[tab % RoundTrips.Length])));
            Assert.All(answers.SelectMany(all => all), answer => Assert.True(answer.Status == 200, answer.ToString()));
            Assert.Equal(200, (await nodes.RefreshAsync(browser.Cookie)).Status);
            Assert.Equal("alive", await nodes.Session(browser.Cookie).EndAsync());
        });
        Assert.Equal(0, await nodes.Database.CountAsync("security_events", "kind = 'refresh_token_reused'"));
    }

    private async Task<string> SignInAsync(Person person, int generation)
    {
        var token = (await nodes.SignInAsync(person)).RefreshCookie!;
        return generation == 0 ? token : (await nodes.RefreshAsync(token)).RefreshCookie!;
    }

    /// <summary>One cookie jar that its tabs share. A request takes the cookie when it leaves, an answer sets it when it arrives: the last to arrive wins.</summary>
    private sealed class Browser(Nodes nodes, string cookie)
    {
        private volatile string cookie = cookie;

        public string Cookie => cookie;

        public async Task<List<Answer>> RestoreTabAsync(TimeSpan roundTrip)
        {
            var answers = new List<Answer>();
            for (var i = 0; i < RefreshesOfATab; i++)
            {
                await Task.Delay(Restoring * Random.Shared.NextDouble() / RefreshesOfATab);
                answers.Add(await RefreshAsync(roundTrip));
            }
            return answers;
        }

        private async Task<Answer> RefreshAsync(TimeSpan roundTrip)
        {
            var sent = cookie;
            await Task.Delay(roundTrip / 2);
            var answer = await nodes.RefreshAsync(sent);
            await Task.Delay(roundTrip / 2);
            cookie = answer.RefreshCookie ?? cookie;
            return answer;
        }
    }
}
