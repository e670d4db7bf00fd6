using Accounts.Core.Data;
using Accounts.Tests.Support;
using Npgsql;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>Requests that go to the database together, and yet each by itself.</summary>
public sealed class StatementBatchTests(Postgres postgres) : IAsyncLifetime
{
    private NpgsqlDataSource database = null!;
    private DatabasePools pools = null!;
    private StatementBatch<int, string> batch = null!;

    public async ValueTask InitializeAsync()
    {
        database = NpgsqlDataSource.Create(await postgres.CreateEmptyDatabaseAsync() + ";Maximum Pool Size=1;Max Auto Prepare=5;Auto Prepare Min Usages=1");
        await using var create = database.CreateCommand("CREATE TABLE answers (n int PRIMARY KEY, asked int NOT NULL DEFAULT 0); INSERT INTO answers SELECT generate_series(1, 200)");
        await create.ExecuteNonQueryAsync();
        pools = new(database, NpgsqlDataSource.Create(database.ConnectionString + ";Options=-c lock_timeout=50ms"));
        batch = new(pools, Statement, Fill, row => row.GetString(0), Comparer<int>.Default) { Unlocked = Unlocked };
    }

    public async ValueTask DisposeAsync()
    {
        await batch.DisposeAsync();
        await pools.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>An update that fails for 13 and finds nothing beyond 200.</summary>
    private static string Statement { get; } = $"""
        UPDATE answers a SET asked = a.asked + 1 FROM {AskedRequests.Table("number")}
        WHERE a.n = asked.number AND 1 / (asked.number - 13) IS NOT NULL RETURNING a.n::text, asked.n
        """;

    private static string Unlocked { get; } = $"""
        WITH unlocked AS (SELECT a.n FROM {AskedRequests.Table("number")} JOIN answers a ON a.n = asked.number FOR NO KEY UPDATE OF a SKIP LOCKED)
        UPDATE answers a SET asked = a.asked + 1 FROM {AskedRequests.Table("number")}
        WHERE a.n = asked.number AND a.n IN (SELECT n FROM unlocked) RETURNING a.n::text, asked.n
        """;

    private static void Fill(NpgsqlParameterCollection parameters, IReadOnlyList<int> numbers) => parameters.AddColumn(numbers, n => n);

    [Fact]
    public async Task Each_of_many_at_once_gets_its_own_row_or_none()
    {
        var answers = await Task.WhenAll(Enumerable.Range(14, 300).Select(n => batch.RunAsync(n, CancellationToken.None)));
        Assert.Equal(Enumerable.Range(14, 300).Select(n => n <= 200 ? $"{n}" : null), answers);
        Assert.Equal(187, await SumAsync());
    }

    [Fact]
    public async Task One_that_fails_harms_no_neighbour_and_is_asked_once()
    {
        var asked = Enumerable.Range(1, 50).ToDictionary(n => n, n => batch.RunAsync(n, CancellationToken.None));
        await Assert.ThrowsAsync<PostgresException>(() => asked[13]!);
        foreach (var (n, answer) in asked.Where(pair => pair.Key != 13))
        {
            Assert.Equal($"{n}", await answer);
        }
        Assert.Equal(49, await SumAsync());
    }

    [Fact]
    public async Task One_that_gives_up_harms_no_neighbour()
    {
        using var gone = new CancellationTokenSource();
        gone.Cancel();
        var (given, kept) = (batch.RunAsync(1, gone.Token), batch.RunAsync(2, CancellationToken.None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.Equal("2", await kept);
    }

    [Fact]
    public async Task XA_08_A_row_that_somebody_has_locked_delays_no_other_and_is_answered_once_it_is_free()
    {
        await using var held = await HeldTransaction.BeginAsync(new TestDatabase(database.ConnectionString + ";Maximum Pool Size=2;Application Name=held"));
        await held.ExecuteAsync("SELECT FROM answers WHERE n = 30 FOR UPDATE");
        var asked = Enumerable.Range(20, 40).ToDictionary(n => n, n => batch.RunAsync(n, CancellationToken.None));
        foreach (var (n, answer) in asked.Where(pair => pair.Key != 30))
        {
            Assert.Equal($"{n}", await answer);
        }
        Assert.False(asked[30].IsCompleted);
        Assert.Equal("61", await batch.RunAsync(61, CancellationToken.None));
        await held.CommitAsync();
        Assert.Equal("30", await asked[30]);
        Assert.Equal(41, await SumAsync());
    }

    [Fact]
    public async Task It_goes_on_after_its_connections_were_cut()
    {
        Assert.Equal("1", await batch.RunAsync(1, CancellationToken.None));
        await using (var cut = database.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"))
        {
            await cut.ExecuteNonQueryAsync();
        }
        await Until.TrueAsync(async () => await AnswersAsync(2), "the batch has a connection again");
    }

    [Fact]
    public async Task Its_plan_is_made_once_however_many_are_asked()
    {
        for (var n = 20; n < 40; n++)
        {
            Assert.Equal($"{n}", await batch.RunAsync(n, CancellationToken.None));
        }
        await using var plans = pools.Batches.CreateCommand("SELECT generic_plans || ' of ' || generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE 'UPDATE%'");
        Assert.Equal("15 of 20", await plans.ExecuteScalarAsync());
    }

    private async Task<bool> AnswersAsync(int n)
    {
        try
        {
            return await batch.RunAsync(n, CancellationToken.None) == $"{n}";
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task<long> SumAsync()
    {
        await using var command = database.CreateCommand("SELECT sum(asked) FROM answers");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
