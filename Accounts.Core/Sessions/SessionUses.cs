using System.Collections.Concurrent;
using Accounts.Core.Data;
using Accounts.Core.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Sessions;

/// <summary>
/// Marks that session tokens are used, each once an hour at most and many by one statement. No request waits for it, and none fails with it: a row
/// that is locked, or a database that only reads, is marked by the next use.
/// </summary>
public sealed partial class SessionUses : IAsyncDisposable
{
    private readonly StatementBatch<(Guid UserId, Guid SessionId), bool?> batch;
    private readonly ConcurrentDictionary<Guid, bool> going = [];
    private readonly ILogger<SessionUses> log;

    public SessionUses(DatabasePools pools, LiveSessionRule rule, AccountsMeter meter, ILogger<SessionUses> log)
    {
        this.log = log;
        var asked = AskedRequests.Table("user_id", "session_id");
        var mark = $"""
            UPDATE sessions s SET rotated_at = clock_timestamp() FROM {asked}, users u
            WHERE s.user_id = asked.user_id AND s.id = asked.session_id AND u.id = s.user_id AND {rule.IsLive} AND {LiveSessionRule.UseIsDue}
            """;
        batch = new(pools, $"{mark} RETURNING asked.n", Fill, _ => true, Comparer<(Guid UserId, Guid SessionId)>.Default)
        {
            Unlocked = $"""
                WITH unlocked AS (
                  SELECT s.id FROM {asked} JOIN sessions s ON s.user_id = asked.user_id AND s.id = asked.session_id FOR NO KEY UPDATE OF s SKIP LOCKED)
                {mark} AND s.id IN (SELECT id FROM unlocked) RETURNING asked.n
                """,
            Measured = new(meter, "session_use"),
        };
    }

    private static void Fill(NpgsqlParameterCollection parameters, IReadOnlyList<(Guid UserId, Guid SessionId)> requests)
    {
        parameters.AddColumn(requests, asked => asked.UserId);
        parameters.AddColumn(requests, asked => asked.SessionId);
    }

    /// <summary>Soon; one that is being marked already is not marked twice.</summary>
    public void Mark(SessionCredential used)
    {
        if (going.TryAdd(used.SessionId, true))
        {
            _ = MarkAsync(used.UserId, used.SessionId);
        }
    }

    private async Task MarkAsync(Guid userId, Guid sessionId)
    {
        try
        {
            await batch.RunAsync((userId, sessionId), CancellationToken.None);
        }
        catch (Exception e)
        {
            LogNotMarked(e.Message);
        }
        finally
        {
            going.TryRemove(sessionId, out _);
        }
    }

    [LoggerMessage(LogLevel.Debug, "The use of a session token was not marked: {Reason}")]
    private partial void LogNotMarked(string reason);

    public ValueTask DisposeAsync() => batch.DisposeAsync();
}
