using Accounts.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Audit;

/// <summary>
/// Gives events their numbers, once they are committed: a number that was given inside a transaction would be overtaken by who commits first, and
/// who reads on from there would never see it. With its number each gets its link in the chain of all, so that none can be changed or go unseen.
/// One process at a time does so, and counts them by days.
/// </summary>
public sealed partial class EventNumbering(NpgsqlDataSource database, ILogger<EventNumbering> log) : BackgroundService
{
    private const int Most = 1_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Those that wait for their numbers. What is counted by the minute has its turn when that is over: a row that has its link grows no more.
    /// </summary>
    public static readonly string Due =
        $"number IS NULL AND (kind NOT IN ({string.Join(", ", EventTally.Kinds.Select(kind => $"'{SecurityEvent.Word(kind)}'"))}) OR at < date_trunc('minute', clock_timestamp() - interval '5 seconds'))";

    /// <summary>Of an index that is as good as empty.</summary>
    private static readonly string Waiting = $"SELECT EXISTS (SELECT FROM security_events WHERE {Due})";

    private static readonly string TakeTurn = $"SELECT pg_try_advisory_xact_lock({(long)AdvisoryLock.EventNumbers})";

    private const string End = "SELECT number, link FROM event_chain";

    /// <summary>A row that somebody counts up or erases at this moment has its turn the next time.</summary>
    private static readonly string Take = $"SELECT {NumberedEvent.Columns} FROM security_events WHERE {Due} ORDER BY at, id LIMIT {Most} FOR NO KEY UPDATE SKIP LOCKED";

    /// <summary>Its <c>LIMIT</c> cuts nothing, and keeps the plan by index: <see cref="AskedRequests.Table"/>.</summary>
    private static readonly string Write = $"""
        WITH given AS MATERIALIZED (
            SELECT id, at, kind, 1 AS count, number, salt, fields_hash, actor_salt, actor_fields_hash, link
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS given (id, at, kind, number, salt, fields_hash, actor_salt, actor_fields_hash, link) LIMIT $10),
        daily AS ({DailyCount.AddSql("given", "$11")}),
        moved AS (UPDATE event_chain SET number = $12, link = $13)
        UPDATE security_events e SET number = given.number, salt = given.salt, fields_hash = given.fields_hash,
            actor_salt = given.actor_salt, actor_fields_hash = given.actor_fields_hash, link = given.link
        FROM given WHERE e.id = given.id
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
        var links = await TakeAsync(connection, cancellation);
        if (links.Count > 0)
        {
            await WriteAsync(connection, links, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        return links.Count;
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <exception cref="InvalidOperationException">somebody has taken the end of the chain away</exception>
    private static async Task<List<EventLink>> TakeAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(End), new(Take) } };
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        if (!await rows.ReadAsync(cancellation))
        {
            throw new InvalidOperationException("event_chain has lost its row (docs/history.md says how it gets it back).");
        }
        var links = new EventLinks(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1));
        await rows.NextResultAsync(cancellation);
        var taken = new List<EventLink>();
        while (await rows.ReadAsync(cancellation))
        {
            taken.Add(links.Next(NumberedEvent.Read(rows)));
        }
        return taken;
    }

    private static async Task WriteAsync(NpgsqlConnection connection, List<EventLink> links, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Write, connection);
        command.Parameters.AddColumn(links, link => link.Entry.Id);
        command.Parameters.AddColumn(links, link => link.Entry.At);
        command.Parameters.AddColumn(links, link => link.Entry.Kind);
        command.Parameters.AddColumn(links, link => link.Number);
        command.Parameters.AddColumn(links, link => link.Salt);
        command.Parameters.AddColumn(links, link => link.FieldsHash);
        command.Parameters.AddColumn(links, link => link.ActorSalt);
        command.Parameters.AddColumn(links, link => link.ActorFieldsHash);
        command.Parameters.AddColumn(links, link => link.Link);
        command.Parameters.AddWithValue((long)links.Count);
        command.Parameters.AddWithValue(DailyCount.Numbered);
        command.Parameters.AddWithValue(links[^1].Number);
        command.Parameters.AddWithValue(links[^1].Link);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "Security events could not be numbered, and will be: {Reason}")]
    private partial void LogFailed(string reason);
}
