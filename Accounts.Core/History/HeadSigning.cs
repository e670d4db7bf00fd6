using Accounts.Core.Audit;
using Accounts.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.History;

/// <summary>
/// Signs how far the history goes, once an hour in which something happened, and tells the log: whoever keeps that elsewhere can tell later whether anything
/// before was written anew. The first says where the history begins.
/// </summary>
public sealed partial class HeadSigning(NpgsqlDataSource database, HeadKeys keys, ILogger<HeadSigning> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>How long events and heads are kept (<see cref="HistorySetup"/>).</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(180);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>One node at a time, and nobody numbers meanwhile.</summary>
    private const string End = "SELECT number, link, origin, clock_timestamp() FROM event_chain FOR NO KEY UPDATE";

    /// <summary>More than one, for somebody may have put in some that are none.</summary>
    private const string Newest = "SELECT jws FROM event_heads ORDER BY number DESC LIMIT 100";

    private const string Keep = "INSERT INTO event_heads (number, at, jws) VALUES ($1, $2, $3) ON CONFLICT (number) DO UPDATE SET at = EXCLUDED.at, jws = EXCLUDED.jws";

    /// <summary>The newest that this process has seen, whoever signed it: nobody takes it away unseen.</summary>
    private ChainHead? last;

    private sealed record ChainEnd(long Number, byte[] Link, long Origin, DateTimeOffset Now);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            await TrySignAsync(stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task TrySignAsync(CancellationToken stopping)
    {
        try
        {
            await SignAsync(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(DatabaseFailure.Reason(e));
        }
    }

    /// <returns>the head that was signed; null where it is not time</returns>
    public async Task<string?> SignAsync(CancellationToken cancellation)
    {
        var open = await keys.ReadAsync(cancellation);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var end = await ReadEndAsync(connection, cancellation);
        var newest = await ReadNewestAsync(connection, open, cancellation);
        await CompareAsync(connection, newest, end.Now, cancellation);
        if (newest is not null && (end.Number == newest.Number || end.Now < newest.At + Every))
        {
            return null;
        }
        if (newest is not null && !await IsInAsync(connection, newest, end.Now, cancellation))
        {
            LogChanged(newest.Number, newest.At);
        }
        var head = newest is null ? new ChainHead(end.Origin, EventHash.Origin, end.Now, After: null) : new ChainHead(end.Number, end.Link, end.Now, newest.Number);
        var jws = keys.Sign(head);
        await KeepAsync(connection, head, jws, cancellation);
        await transaction.CommitAsync(cancellation);
        last = head;
        LogSigned(head.Number, jws);
        return jws;
    }

    private static async Task<ChainEnd> ReadEndAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(End, connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new ChainEnd(row.GetInt64(0), row.GetFieldValue<byte[]>(1), row.GetInt64(2), row.GetFieldValue<DateTimeOffset>(3))
            : throw new InvalidOperationException("event_chain has lost its row (docs/history.md says how it gets it back).");
    }

    private static async Task<ChainHead?> ReadNewestAsync(NpgsqlConnection connection, Func<string, ChainHead?> open, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Newest, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            if (open(rows.GetString(0)) is { } head)
            {
                return head;
            }
        }
        return null;
    }

    /// <summary>Tells, once, that what this process saw last has gone, or that another node has gone on from something else.</summary>
    private async Task CompareAsync(NpgsqlConnection connection, ChainHead? newest, DateTimeOffset now, CancellationToken cancellation)
    {
        if (last is { } seen && !await IsGoneOnFromAsync(connection, seen, newest, now, cancellation))
        {
            LogChanged(seen.Number, seen.At);
        }
        last = newest;
    }

    private static async Task<bool> IsGoneOnFromAsync(NpgsqlConnection connection, ChainHead seen, ChainHead? newest, DateTimeOffset now, CancellationToken cancellation) =>
        newest is not null && (newest.Number == seen.Number ? newest.IsOf(seen.Link) : newest.Number > seen.Number && await IsInAsync(connection, seen, now, cancellation));

    /// <summary>What it was signed for may have had its time; where it is the beginning there is no event.</summary>
    private static async Task<bool> IsInAsync(NpgsqlConnection connection, ChainHead head, DateTimeOffset now, CancellationToken cancellation)
    {
        if (head.After is null || head.At + KeptFor < now)
        {
            return true;
        }
        await using var command = new NpgsqlCommand("SELECT link FROM security_events WHERE number = $1", connection) { Parameters = { new() { Value = head.Number } } };
        return await command.ExecuteScalarAsync(cancellation) is byte[] link && head.IsOf(link);
    }

    private static async Task KeepAsync(NpgsqlConnection connection, ChainHead head, string jws, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Keep, connection) { Parameters = { new() { Value = head.Number }, new() { Value = head.At }, new() { Value = jws } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Information, "The history of events is signed up to number {Number}: {Head}")]
    private partial void LogSigned(long number, string head);

    [LoggerMessage(LogLevel.Critical, "The history of events is not the one that was signed up to number {Number} at {At}: somebody has changed it, or the database has lost writes. \"events verify\" says what is wrong.")]
    private partial void LogChanged(long number, DateTimeOffset at);

    [LoggerMessage(LogLevel.Warning, "The history of events could not be signed, and will be: {Reason}")]
    private partial void LogFailed(string reason);
}
