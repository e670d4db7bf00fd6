using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SigningKeys;

/// <summary>What becomes of the signing keys when a clock was wrong, or one of them is taken back.</summary>
[Trait("Pace", "long")]
public sealed class SigningKeyClockTests(Postgres postgres) : IAsyncLifetime
{
    private string connection = "";
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        connection = await postgres.CreateDatabaseAsync();
        database = new TestDatabase(connection);
        await RunAsync("list");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("2 hours"), InlineData("10 years")]
    public async Task AT_08_Where_no_key_has_begun_yet_the_start_makes_one_that_signs_at_once_and_warns(string ahead)
    {
        await database.ExecuteAsync($"UPDATE signing_keys SET active_from = now() + interval '{ahead}'");
        await using var server = await ServerProcess.StartAsync(connection);
        Assert.Contains("No signing key has begun by the database's clock", server.Output, StringComparison.Ordinal);
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        Assert.Equal(200, (await client.MeAsync()).Status);
        Assert.Equal((2, 1), (await database.CountAsync("signing_keys"), await database.CountAsync("signing_keys", "active_from <= now()")));
        var list = await RunAsync("list");
        Assert.Equal(["Active", "Announced"], StatesOf(list));
    }

    [Fact]
    public async Task AT_07_A_key_that_is_announced_for_years_to_come_keeps_no_other_from_being_turned()
    {
        await database.ExecuteAsync("UPDATE signing_keys SET active_from = now() + interval '10 years'");
        await RunAsync("list");
        await database.ExecuteAsync("UPDATE signing_keys SET active_from = now() - interval '89 days' WHERE active_from < now()");
        Assert.Equal(["Active", "Announced", "Announced"], StatesOf(await RunAsync("list")));
        Assert.Equal(["Active", "Announced", "Announced"], StatesOf(await RunAsync("list")));
        Assert.Equal(1, await database.CountAsync("signing_keys", "active_from BETWEEN now() AND now() + interval '2 days'"));
    }

    [Fact]
    public async Task AT_07_After_the_one_that_signs_is_taken_back_its_elder_does_not_sign_again()
    {
        await RunAsync("rotate");
        await database.ExecuteAsync("UPDATE signing_keys SET active_from = now() WHERE active_from > now()");
        var before = await RunAsync("list");
        Assert.Equal(["Retained", "Active"], StatesOf(before));
        var (elder, revoked) = (IdsOf(before)[0], IdsOf(before)[1]);
        var after = await RunAsync("revoke", revoked);
        Assert.Equal(["Retained", "Active"], StatesOf(after));
        Assert.Equal(elder, IdsOf(after)[0]);
        Assert.NotEqual(revoked, IdsOf(after)[1]);
    }

    [Fact]
    public async Task AT_08_A_clock_that_is_ahead_for_a_while_takes_no_key_with_it()
    {
        await RunAsync("rotate");
        await database.ExecuteAsync("UPDATE signing_keys SET active_from = active_from - interval '1 hour'");
        Assert.Equal(["Gone", "Active"], StatesOf(await RunAsync("list")));
        await database.ExecuteAsync("UPDATE signing_keys SET active_from = active_from + interval '59 minutes'");
        Assert.Equal(["Active", "Announced"], StatesOf(await RunAsync("list")));
        await database.ExecuteAsync("UPDATE signing_keys SET active_from = active_from - interval '2 days'");
        Assert.Equal(["Active"], StatesOf(await RunAsync("list")));
    }

    private async Task<string> RunAsync(params string[] words)
    {
        await using var run = await ServerProcess.RunAsync(["keys", .. words], connection);
        Assert.True(run.ExitCode == 0, run.Output);
        return run.Output;
    }

    private static string[] IdsOf(string list) => [.. Lines(list).Select(words => words[0])];

    private static string[] StatesOf(string list) => [.. Lines(list).Select(words => words[1])];

    private static IEnumerable<string[]> Lines(string list) =>
        list.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words is [_, _, "from", _]);
}
