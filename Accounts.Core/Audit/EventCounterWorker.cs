using Accounts.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Audit;

/// <summary>Writes what <see cref="EventCounters"/> has counted, once a second and when the server stops.</summary>
public sealed partial class EventCounterWorker(EventCounters counters, NpgsqlDataSource database, ILogger<EventCounterWorker> log) : BackgroundService
{
    private const string Statement = """
        INSERT INTO security_events (id, kind, user_id, at, ip, user_agent, count)
        SELECT id, kind, user_id, at, ip, user_agent, count FROM unnest(@ids, @kinds, @users, @ats, @ips, @agents, @counts) AS given (id, kind, user_id, at, ip, user_agent, count)
        ON CONFLICT (id) DO UPDATE SET count = security_events.count + excluded.count
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private bool failing;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await WriteAsync();
            }
        }
        catch (OperationCanceledException)
        {
            await WriteAsync();
        }
    }

    private async Task WriteAsync()
    {
        if (counters.Take() is not { Count: > 0 } taken)
        {
            return;
        }
        try
        {
            await using var command = Command(taken);
            await command.ExecuteNonQueryAsync();
            failing = false;
        }
        catch (Exception e)
        {
            counters.PutBack(taken);
            if (!failing)
            {
                LogFailed(DatabaseFailure.Reason(e));
            }
            failing = true;
        }
    }

    private NpgsqlCommand Command(List<(SecurityEvent Event, int Count)> taken)
    {
        var command = database.CreateCommand(Statement);
        command.Parameters.AddWithValue("ids", taken.ConvertAll(entry => entry.Event.Id));
        command.Parameters.AddWithValue("kinds", taken.ConvertAll(entry => SecurityEvent.Word(entry.Event.Kind)));
        command.Parameters.AddWithValue("users", taken.ConvertAll(entry => entry.Event.UserId));
        command.Parameters.AddWithValue("ats", taken.ConvertAll(entry => entry.Event.At));
        command.Parameters.AddWithValue("ips", taken.ConvertAll(entry => entry.Event.Ip));
        command.Parameters.AddWithValue("agents", taken.ConvertAll(entry => entry.Event.UserAgent));
        command.Parameters.AddWithValue("counts", taken.ConvertAll(entry => entry.Count));
        return command;
    }

    [LoggerMessage(LogLevel.Error, "Counted security events cannot be written at the moment, and wait: {Reason}")]
    private partial void LogFailed(string reason);
}
