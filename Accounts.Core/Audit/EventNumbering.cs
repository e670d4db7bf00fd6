using Accounts.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Audit;

/// <summary>
/// Gives events their numbers, once they are committed: a number that was given inside a transaction would be overtaken by who commits first, and
/// who reads on from there would never see it. One process at a time does so,
/// and counts them by days.
/// </summary>
public sealed partial class EventNumbering(NpgsqlDataSource database, ILogger<EventNumbering> log) : BackgroundService
{
    private const int Most = 1_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Of an index that is as good as empty.</summary>
    private const string Waiting = "SELECT EXISTS (SELECT FROM security_events WHERE number IS NULL)";

    private static readonly string TakeTurn = $"SELECT pg_try_advisory_xact_lock({(long)AdvisoryLock.EventNumbers})";

    /// <summary>A row that somebody counts up at this moment has its turn the next time.</summary>
    private static readonly string Number = $"""
        WITH waiting AS MATERIALIZED (
            SELECT id, at, kind, 1 AS count FROM security_events WHERE number IS NULL ORDER BY at, id LIMIT {Most} FOR NO KEY UPDATE SKIP LOCKED),
        daily AS ({DailyCount.AddSql("waiting", "$1")}),
        numbered AS MATERIALIZED (
            SELECT id, nextval('security_event_numbers') AS number FROM (SELECT id FROM waiting ORDER BY at, id) ordered)
        UPDATE security_events e SET number = numbered.number FROM numbered WHERE e.id = numbered.id
        """;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            await TryNumberAsync(stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task TryNumberAsync(CancellationToken stopping)
    {
        try
        {
            while (await NumberAsync(stopping) == Most)
            {
                await Task.Delay(Pause, stopping);
            }
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(DatabaseFailure.Reason(e));
        }
    }

    /// <returns>how many; none where another process is at it</returns>
    public async Task<int> NumberAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        if (!await AskAsync(connection, Waiting, cancellation))
        {
            return 0;
        }
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!await AskAsync(connection, TakeTurn, cancellation))
        {
            return 0;
        }
        await using var command = new NpgsqlCommand(Number, connection) { Parameters = { new() { Value = DailyCount.Numbered } } };
        var count = await command.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return count;
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    [LoggerMessage(LogLevel.Warning, "Security events could not be numbered, and will be: {Reason}")]
    private partial void LogFailed(string reason);
}
