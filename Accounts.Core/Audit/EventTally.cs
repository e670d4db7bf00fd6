using Accounts.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Audit;

/// <summary>
/// Counts events that anybody can cause, and adds them to their rows once a second and at a graceful stop: an attack must not
/// make everybody wait for one row. It counts those of known users alike, or the time of an answer would tell who is one. A kill
/// loses a second of them; the budgets of guesses are elsewhere, and exact.
/// </summary>
public sealed partial class EventTally(NpgsqlDataSource database, ILogger<EventTally> log) : BackgroundService
{
    /// <summary>What is counted, and nothing else: it gets its number when its minute is over.</summary>
    public static readonly SecurityEventKind[] Kinds =
        [SecurityEventKind.SignInFailed, SecurityEventKind.SignInLocked, SecurityEventKind.SecondFactorFailed, SecurityEventKind.PasskeyCounterRegressed];

    private const int Most = 10_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const string Row = "id, kind, user_id, at, ip, user_agent, count";

    // Every process takes the rows in one order, so that no two wait for each other. What comes when the row of its minute has a number
    // already (this process could not write before, or its clock is behind) gets one of its own.
    private static readonly string Statement = $"""
        WITH counted AS MATERIALIZED (SELECT {Row} FROM unnest($1, $2, $3, $4, $5, $6, $7) AS counted ({Row})),
        daily AS ({DailyCount.AddSql("counted", "$8")}),
        added AS (
            INSERT INTO security_events ({Row}) SELECT {Row} FROM counted ORDER BY id
            ON CONFLICT (id) DO UPDATE SET count = security_events.count + EXCLUDED.count WHERE security_events.number IS NULL
            RETURNING id)
        INSERT INTO security_events ({Row}) SELECT gen_random_uuid(), kind, user_id, at, ip, user_agent, count FROM counted WHERE id NOT IN (SELECT id FROM added)
        """;

    private readonly Lock gate = new();
    private Dictionary<Guid, SecurityEvent> counted = [];
    private bool failing;

    public void Add(SecurityEvent entry)
    {
        lock (gate)
        {
            if (counted.TryGetValue(entry.Id, out var there))
            {
                there.Count += entry.Count;
            }
            else if (counted.Count < Most)
            {
                counted.Add(entry.Id, entry);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await FlushAsync();
            }
        }
        catch (OperationCanceledException)
        {
            await FlushAsync();
        }
    }

    private async Task FlushAsync()
    {
        Dictionary<Guid, SecurityEvent> due;
        lock (gate)
        {
            (due, counted) = (counted, []);
        }
        if (due.Count == 0)
        {
            return;
        }
        try
        {
            await WriteAsync([.. due.Values]);
            failing = false;
        }
        catch (Exception e)
        {
            // Once, not every second.
            if (!failing)
            {
                LogFailed(DatabaseFailure.Reason(e));
            }
            failing = true;
            if (DatabaseFailure.Away(e) is not null)
            {
                due.Values.ToList().ForEach(Add);
            }
        }
    }

    private async Task WriteAsync(SecurityEvent[] entries)
    {
        await using var command = database.CreateCommand(Statement);
        command.Parameters.AddColumn(entries, entry => entry.Id);
        command.Parameters.AddColumn(entries, entry => SecurityEvent.Word(entry.Kind));
        command.Parameters.AddColumn(entries, entry => entry.UserId);
        command.Parameters.AddColumn(entries, entry => entry.At);
        command.Parameters.AddColumn(entries, entry => entry.Ip);
        command.Parameters.AddColumn(entries, entry => entry.UserAgent);
        command.Parameters.AddColumn(entries, entry => entry.Count);
        command.Parameters.AddWithValue(DailyCount.Tallied);
        await command.ExecuteNonQueryAsync();
    }

    [LoggerMessage(LogLevel.Warning, "Failed sign-ins could not be counted among the security events: {Reason}")]
    private partial void LogFailed(string reason);
}
