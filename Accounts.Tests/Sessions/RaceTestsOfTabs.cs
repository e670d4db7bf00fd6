using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>
/// A browser that is restored with many tabs, alone or beside a rendering server and an edge that pass its cookie on. Everything is
/// faster than in life: tabs come within half a second instead of five, round trips of 80 and 300 ms are 8 and 30.
/// </summary>
[Trait("Pace", "slow")]
public sealed class RaceTestsOfTabs(RaceTestsOfTabs.TwoFastNodes fixture) : IClassFixture<RaceTestsOfTabs.TwoFastNodes>
{
    private const int Tabs = 10, ManyTabs = 50, RefreshesOfATab = 2;
    private const double LostShare = 0.3;
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(8), Restoring = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan[] RoundTrips = [TimeSpan.FromMilliseconds(8), TimeSpan.FromMilliseconds(30)];

    private readonly Nodes nodes = fixture.Nodes;

    public sealed class TwoFastNodes(Postgres postgres) : IAsyncLifetime
    {
        public Nodes Nodes { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Nodes = await Nodes.StartAsync(postgres, ("Accounts:Sessions:ReuseLeeway", Leeway.ToString()));

        public ValueTask DisposeAsync() => Nodes.DisposeAsync();
    }

    /// <param name="generation">of the cookie that the browser had kept</param>
    /// <param name="sinceRotation">how much of the leeway was over then: with 0.97 it ends while the tabs come</param>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(1, 0.97)]
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
            var row = nodes.Session(browser.Cookie);
            Assert.Equal("alive", await row.EndAsync());
            Assert.Equal(0, await row.EventsAsync("refresh_token_reused"));
        });
    }

    [Fact]
    public async Task SE_05_Tabs_a_rendering_server_and_an_edge_whose_answers_are_lost_or_late_sign_nobody_out()
    {
        var person = await nodes.RegisterAsync();
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var browser = new Browser(nodes, await SignInAsync(person, generation: 0));
            var row = nodes.Session(browser.Cookie);
            // A page that is opened, one that was read for an hour, a lid that was closed for two days.
            foreach (var asleep in new[] { TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromDays(2) })
            {
                await row.AgeAsync(asleep);
                var agents = Enumerable.Range(0, ManyTabs).Select(_ => browser.RefreshAsync(Soon(), Soon(), isLost: Random.Shared.NextDouble() < LostShare));
                var strangers = new[] { "node/24", "edge/1" }.Select(agent => browser.RefreshByAsync(agent, Soon()));
                Assert.All(await Task.WhenAll(agents.Concat(strangers)), answer => Assert.True(answer.Status == 200, answer.ToString()));
            }
            Assert.Equal("alive", await row.EndAsync());
            Assert.Equal(0, await row.EventsAsync("refresh_token_reused"));
        });
    }

    [Fact]
    public async Task SE_05_A_thief_beside_fifty_tabs_is_found_in_the_owners_second_refresh()
    {
        var person = await nodes.RegisterAsync();
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var browser = new Browser(nodes, await SignInAsync(person, generation: 1));
            var row = nodes.Session(browser.Cookie);
            await row.AgeAsync(Leeway);
            var thief = (await nodes.RefreshAsync(browser.Cookie)).RefreshCookie!;
            await row.AgeAsync(TimeSpan.FromMinutes(10));
            Assert.All(await RestoreAsync(browser), answer => Assert.True(answer.Status == 200, answer.ToString()));
            await row.AgeAsync(TimeSpan.FromMinutes(10));
            await Task.WhenAll(nodes.RefreshAsync(thief), RestoreAsync(browser));
            Assert.Equal("reused", await row.EndAsync());
            (await nodes.RefreshAsync(browser.Cookie)).AssertRefreshRefused("revoked");
            Assert.Equal(1, await row.EventsAsync("refresh_token_reused"));
        });

        static Task<Answer[]> RestoreAsync(Browser browser) => Task.WhenAll(Enumerable.Range(0, ManyTabs).Select(_ => browser.RefreshAsync(Soon(), Soon(), isLost: false)));
    }

    private static TimeSpan Soon() => Restoring * Random.Shared.NextDouble() / 2;

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
                answers.Add(await RefreshAsync(roundTrip / 2, roundTrip / 2, isLost: false));
            }
            return answers;
        }

        public async Task<Answer> RefreshAsync(TimeSpan there, TimeSpan back, bool isLost)
        {
            var sent = cookie;
            await Task.Delay(there);
            var answer = await nodes.RefreshAsync(sent);
            await Task.Delay(back);
            cookie = isLost ? cookie : answer.RefreshCookie ?? cookie;
            return answer;
        }

        /// <summary>By somebody whom the cookie is passed on to, and who keeps to himself what is set.</summary>
        public async Task<Answer> RefreshByAsync(string userAgent, TimeSpan there)
        {
            var sent = cookie;
            await Task.Delay(there);
            using var client = nodes.Client(userAgent);
            return await client.RefreshAsync(sent);
        }
    }
}
