using Accounts.Core.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Webhooks;

/// <summary>
/// Follows the numbers of the events, and makes webhooks of them: how far it has come stands in the row of the receiver, and moves in the transaction that adds
/// them. So each event becomes one, and none that was undone does. Of all nodes whoever holds the row is at it.
/// </summary>
public sealed partial class WebhookFeed(NpgsqlDataSource database, WebhookReceivers receivers, ILogger<WebhookFeed> log) : BackgroundService
{
    private const int Most = 1_000, SecondsAtMost = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>One that is new, or was forgotten, begins at the present.</summary>
    private const string Enter = $"""
        INSERT INTO webhook_receivers (receiver, last_number, seen_at)
        SELECT name, coalesce((SELECT max(number) FROM security_events), 0), clock_timestamp() FROM unnest($1) AS named (name) ORDER BY name
        ON CONFLICT (receiver) DO UPDATE SET seen_at = EXCLUDED.seen_at, last_number = CASE
          WHEN webhook_receivers.seen_at < clock_timestamp() - {WebhookProgress.Remembered} THEN EXCLUDED.last_number ELSE webhook_receivers.last_number END
        """;

    private const string Behind = "SELECT receiver FROM webhook_receivers WHERE receiver = ANY ($1) AND last_number < (SELECT max(number) FROM security_events)";

    private const string TakeTurn = "SELECT last_number FROM webhook_receivers WHERE receiver = $1 FOR NO KEY UPDATE SKIP LOCKED";

    private const string Following = "SELECT number, id, user_id, kind FROM security_events WHERE number > $1 ORDER BY number LIMIT $2";

    private const string MoveOn = "UPDATE webhook_receivers SET last_number = $2 WHERE receiver = $1";

    private bool entered;

    private sealed record FollowedEvent(long Number, Guid Id, Guid UserId, string Kind);

    /// <summary>Before the server serves: what happens from then on is told.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (receivers.All.Count > 0)
        {
            await TryAsync(EnterAsync, cancellationToken);
            await base.StartAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            await TryAsync(FollowAsync, stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        try
        {
            await work(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogFailed(DatabaseFailure.Reason(e));
        }
    }

    private async Task EnterAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Enter);
        command.Parameters.Add(new() { Value = receivers.Names });
        await command.ExecuteNonQueryAsync(cancellation);
        entered = true;
    }

    /// <summary>Makes webhooks of all that has its number.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        if (!entered)
        {
            await EnterAsync(cancellation);
        }
        foreach (var name in await BehindAsync(cancellation))
        {
            await FollowAsync(receivers.Find(name)!, cancellation);
        }
    }

    private async Task<List<string>> BehindAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Behind);
        command.Parameters.Add(new() { Value = receivers.Names });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var names = new List<string>();
        while (await rows.ReadAsync(cancellation))
        {
            names.Add(rows.GetString(0));
        }
        return names;
    }

    private async Task FollowAsync(WebhookReceiver receiver, CancellationToken cancellation)
    {
        while (await MakeAsync(receiver, cancellation) == Most)
        {
        }
    }

    /// <returns>how many events were looked at; none where another process is at it</returns>
    private async Task<int> MakeAsync(WebhookReceiver receiver, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var turn = Command(connection, TakeTurn, receiver.Name);
        if (await turn.ExecuteScalarAsync(cancellation) is not long last)
        {
            return 0;
        }
        var events = await ReadAsync(connection, last, cancellation);
        if (events.Count > 0)
        {
            await AddAsync(connection, receiver, [.. events.Where(entry => IsTold(receiver, entry))], cancellation);
            await using var move = Command(connection, MoveOn, receiver.Name, events[^1].Number);
            await move.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            receiver.Signal.Wake();
        }
        return events.Count;
    }

    private static bool IsTold(WebhookReceiver receiver, FollowedEvent entry) => WebhookEvents.Of(entry.Kind) is { } word && receiver.Events.Contains(word);

    private static async Task<List<FollowedEvent>> ReadAsync(NpgsqlConnection connection, long after, CancellationToken cancellation)
    {
        await using var command = Command(connection, Following, after, Most);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var events = new List<FollowedEvent>();
        while (await rows.ReadAsync(cancellation))
        {
            events.Add(new FollowedEvent(rows.GetInt64(0), rows.GetGuid(1), rows.GetGuid(2), rows.GetString(3)));
        }
        return events;
    }

    private static async Task AddAsync(NpgsqlConnection connection, WebhookReceiver receiver, FollowedEvent[] events, CancellationToken cancellation)
    {
        if (events.Length == 0)
        {
            return;
        }
        await using var command = Command(
            connection, WebhookOrder.Insert, receiver.Name, events.Select(entry => entry.Number).ToArray(), events.Select(entry => entry.Id).ToArray(),
            events.Select(entry => entry.UserId).ToArray(), events.Select(entry => WebhookEvents.Of(entry.Kind)!).ToArray());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string statement, params object[] values)
    {
        var command = new NpgsqlCommand(statement, connection) { CommandTimeout = SecondsAtMost };
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        return command;
    }

    [LoggerMessage(LogLevel.Warning, "What webhook receivers are to be told could not be gathered, and will be: {Reason}")]
    private partial void LogFailed(string reason);
}
