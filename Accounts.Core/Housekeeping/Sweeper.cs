using Accounts.Core.Data;
using Accounts.Core.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Housekeeping;

/// <summary>
/// Removes what has had its time. Nothing depends on it: what is over is over without it. It walks each table by its
/// pages, a bounded stretch at a time with a pause between, so that it needs no index on what every request changes and
/// nobody feels it. All nodes are at one walk: it goes on where any of them stopped, small tables first, as fast as one
/// node would go.
/// </summary>
public sealed partial class Sweeper(NpgsqlDataSource database, IEnumerable<SweepRule> rules, ILogger<Sweeper> log, AccountsMeter meter) : BackgroundService
{
    /// <summary>
    /// With the pause 16 MB a second at most: a table that is larger than PostgreSQL's cache must not push out at once what
    /// requests need.
    /// </summary>
    private const int PagesAtATime = 100;
    private const long PageSize = 8192;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>What is due later than this is of another round.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private const string Enter = "INSERT INTO sweeps (table_name) SELECT unnest(@tables) ON CONFLICT DO NOTHING";

    private const string TakeTurn = """
        SELECT table_name, page, removed, pg_relation_size(table_name::regclass) FROM sweeps
        WHERE table_name = ANY (@tables) AND due_at <= clock_timestamp()
        ORDER BY pg_relation_size(table_name::regclass) LIMIT 1 FOR UPDATE SKIP LOCKED
        """;

    private const string MoveOn = """
        UPDATE sweeps SET page = @page, removed = @removed, due_at = clock_timestamp() + @pause WHERE table_name = @table
        """;

    private const string NextTurn = "SELECT min(due_at) - clock_timestamp() FROM sweeps WHERE table_name = ANY (@tables)";

    private readonly Dictionary<string, SweepRule> rules = rules.ToDictionary(rule => rule.Table);

    /// <param name="Table">whose turn it is</param>
    /// <param name="Page">where the stretch begins</param>
    /// <param name="Removed">rows, in the stretches before</param>
    /// <param name="Pages">of the table</param>
    private sealed record Turn(string Table, long Page, long Removed, long Pages)
    {
        public bool IsLast => Page + PagesAtATime >= Pages;

        public Turn Next(int removed) => IsLast ? this with { Page = 0, Removed = 0 } : this with { Page = Page + PagesAtATime, Removed = Removed + removed };
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        // Spread, so that nodes started together do not all begin at once.
        await Task.Delay(Interval * Random.Shared.NextDouble(), stopping);
        using var timer = new PeriodicTimer(Interval / 15);
        do
        {
            await TrySweepAsync(stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task TrySweepAsync(CancellationToken stopping)
    {
        try
        {
            await SweepAsync(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(DatabaseFailure.Reason(e));
        }
    }

    /// <summary>Walks, beside the other nodes, until no table is due.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        await using (var enter = Command(Enter))
        {
            await enter.ExecuteNonQueryAsync(cancellation);
        }
        while (await SweepNextAsync(cancellation) || await IsDueSoonAsync(cancellation))
        {
            await Task.Delay(Pause, cancellation);
        }
        meter.Swept();
    }

    private async Task<bool> IsDueSoonAsync(CancellationToken cancellation)
    {
        await using var command = Command(NextTurn);
        return await command.ExecuteScalarAsync(cancellation) is TimeSpan left && left < Soon;
    }

    private NpgsqlCommand Command(string statement)
    {
        var command = database.CreateCommand(statement);
        command.Parameters.AddWithValue("tables", rules.Keys.ToArray());
        return command;
    }

    /// <returns>false where every table has been walked, or is being walked</returns>
    private async Task<bool> SweepNextAsync(CancellationToken cancellation)
    {
        Turn? turn = null;
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            turn = await TakeTurnAsync(connection, cancellation);
            if (turn is not null)
            {
                await MoveOnAsync(connection, turn, await SweepAsync(connection, turn, cancellation), cancellation);
                await transaction.CommitAsync(cancellation);
            }
        }
        catch (Exception e) when (turn is not null && !cancellation.IsCancellationRequested)
        {
            // The stretch waits for the next round, and no other waits for it.
            LogSkipped(turn.Table, turn.Page, DatabaseFailure.Reason(e));
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await MoveOnAsync(connection, turn, 0, cancellation);
        }
        return turn is not null;
    }

    private async Task<Turn?> TakeTurnAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(TakeTurn, connection);
        command.Parameters.AddWithValue("tables", rules.Keys.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new Turn(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), (reader.GetInt64(3) + PageSize - 1) / PageSize)
            : null;
    }

    private async Task<int> SweepAsync(NpgsqlConnection connection, Turn turn, CancellationToken cancellation)
    {
        var rule = rules[turn.Table];
        var stretch = $"{rule.Table}.ctid >= '({turn.Page},0)'::tid AND {rule.Table}.ctid < '({turn.Page + PagesAtATime},0)'::tid";
        if (rule.Mark is { } mark)
        {
            await ExecuteAsync(connection, $"UPDATE {rule.Table} SET {mark.Set} WHERE {stretch} AND ({mark.Where})", cancellation);
        }
        var delete = $"DELETE FROM {rule.Table} WHERE {stretch} AND ({rule.Over})";
        return await ExecuteAsync(connection, rule.Told is null ? delete : $"WITH gone AS ({delete} RETURNING id) {rule.Told}", cancellation);
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 60 };
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task MoveOnAsync(NpgsqlConnection connection, Turn turn, int removed, CancellationToken cancellation)
    {
        var next = turn.Next(removed);
        await using var command = new NpgsqlCommand(MoveOn, connection);
        command.Parameters.AddWithValue("table", next.Table);
        command.Parameters.AddWithValue("page", next.Page);
        command.Parameters.AddWithValue("removed", next.Removed);
        command.Parameters.AddWithValue("pause", turn.IsLast ? Interval : Pause);
        await command.ExecuteNonQueryAsync(cancellation);
        if (turn.IsLast && turn.Removed + removed > 0)
        {
            LogSwept(turn.Removed + removed, turn.Table);
        }
    }

    [LoggerMessage(LogLevel.Information, "Swept {Count} rows of {Table}")]
    private partial void LogSwept(long count, string table);

    [LoggerMessage(LogLevel.Warning, "The sweep of {Table} has left out what begins at page {Page}: {Reason}")]
    private partial void LogSkipped(string table, long page, string reason);

    [LoggerMessage(LogLevel.Warning, "The sweep was broken off and will be tried again: {Reason}")]
    private partial void LogFailed(string reason);
}
