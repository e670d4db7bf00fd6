using System.Diagnostics;
using System.Globalization;
using Accounts.Development.Postgres;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>An outage is not a logout.</summary>
[Trait("Pace", "long")]
public sealed class OutageTests : IAsyncLifetime
{
    /// <summary>A throwaway PostgreSQL forgets its last commits when it is killed, and what is proven here is what a real one does.</summary>
    private const string Durably = ";Options=-c synchronous_commit=on";

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(3), RecoveryLimit = TimeSpan.FromSeconds(5);

    private PrivatePostgres database = null!;
    private TestServer server = null!;
    private ApiClient client = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        database = await PrivatePostgres.StartAsync(new PrivatePostgresSettings { Throwaway = true });
        server = await TestServer.StartOnAsync(database.ConnectionString + Durably);
        client = server.Client();
        person = await client.SignInSomebodyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task SE_12_While_the_database_is_away_refresh_is_503_and_afterwards_the_same_cookie_works()
    {
        var token = client.RefreshCookie!;
        await database.StopAsync();
        await AssertUnavailableAsync(() => client.RefreshAsync());
        await AssertUnavailableAsync(() => client.RefreshAsync());
        await database.StartAgainAsync();
        await Until.TrueAsync(async () => (await client.RefreshAsync(token)).Status == 200, "the same cookie works", RecoveryLimit);
        await server.Session(token).AssertAsync(generation: 1, "alive");
    }

    [Fact]
    public async Task SE_12_An_outage_in_the_middle_of_use_answers_nothing_but_200_and_503()
    {
        await client.RefreshAsync();
        var statuses = new List<int>();
        for (var round = 0; round < 3; round++)
        {
            await database.KillAsync();
            statuses.Add((await client.RefreshAsync()).Status);
            await database.StartAgainAsync();
            await Until.TrueAsync(async () => Add(statuses, await client.RefreshAsync()) == 200, "it works again", RecoveryLimit);
        }
        Assert.Equal([200, 503], statuses.Distinct().Order());
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 1, "alive");
    }

    [Fact]
    public async Task SE_12_Every_endpoint_that_needs_the_database_is_503_and_touches_no_cookie()
    {
        await database.StopAsync();
        await AssertUnavailableAsync(() => client.LoginAsync(person));
        await AssertUnavailableAsync(() => client.MeAsync());
        await AssertUnavailableAsync(() => client.LogoutAsync());
        await AssertUnavailableAsync(() => client.PostAsync("/api/auth/session/"));
        await AssertUnavailableAsync(() => client.PostAsync("/api/auth/token/verify/", new { token = client.Access }));
        await database.StartAgainAsync();
        await Until.TrueAsync(async () => (await client.MeAsync()).Status == 200, "the access token works", RecoveryLimit);
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SE_12_What_needs_no_database_is_answered_without_it_whatever_access_token_comes_along()
    {
        await database.StopAsync();
        Assert.NotNull(client.Access);
        (await client.RefreshAsync("garbage")).AssertRefreshRefused("invalid", cookieCleared: true);
        (await client.RefreshAsync("")).AssertRefreshRefused("missing");
        Assert.Equal(200, (await client.GetAsync("/.well-known/jwks.json")).Status);
        Assert.Equal(200, (await client.GetAsync("/healthz")).Status);
    }

    private static async Task AssertUnavailableAsync(Func<Task<Answer>> request)
    {
        var watch = Stopwatch.StartNew();
        var answer = await request();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, AnswerLimit);
        Assert.True(answer.Status == 503, answer.ToString());
        Assert.Equal("unavailable", answer["code"]);
        Assert.InRange(int.Parse(answer.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 10);
        Assert.Empty(answer.SetCookies);
    }

    private static int Add(List<int> statuses, Answer answer)
    {
        statuses.Add(answer.Status);
        return answer.Status;
    }
}
