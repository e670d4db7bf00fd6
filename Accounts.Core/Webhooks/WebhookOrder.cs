namespace Accounts.Core.Webhooks;

/// <summary>
/// In order for a user and receiver: of what is open one at most may be claimed, and whoever ends it lets the next go. Each of these is a statement of its own, run
/// after what it depends on was written: a statement that waits for a row still sees the others as they were before.
/// </summary>
internal static class WebhookOrder
{
    public const string Open = "state IN ('queued', 'sending', 'held')";

    /// <summary>
    /// Of <c>$1</c> the receiver, <c>$2</c> numbers, <c>$3</c> ids of events, <c>$4</c> users, <c>$5</c> words. The last that is open of each user is locked, so that it cannot
    /// end meanwhile and let go what is not there yet; by whoever holds the receiver's row, so that nobody adds another.
    /// </summary>
    public const string Insert = $"""
        WITH coming AS (SELECT number, event_id, user_id, type FROM unnest($2, $3, $4, $5) AS c (number, event_id, user_id, type)),
        busy AS MATERIALIZED (
            SELECT last.user_id FROM (SELECT DISTINCT user_id FROM coming) u CROSS JOIN LATERAL (
                SELECT m.user_id FROM webhook_messages m WHERE m.receiver = $1 AND m.user_id = u.user_id AND m.{Open}
                ORDER BY m.number DESC LIMIT 1 FOR NO KEY UPDATE) last)
        INSERT INTO webhook_messages (receiver, number, event_id, user_id, type, state)
        SELECT $1, c.number, c.event_id, c.user_id, c.type,
          CASE WHEN c.user_id IN (SELECT user_id FROM busy) OR c.number > min(c.number) OVER (PARTITION BY c.user_id) THEN 'held' ELSE 'queued' END
        FROM coming c
        """;

    /// <summary>Of <c>$1</c> the receiver and <c>$2</c> the user, once the one before it has ended.</summary>
    public const string ReleaseNext = """
        UPDATE webhook_messages SET state = 'queued', due_at = clock_timestamp()
        WHERE id = (SELECT id FROM webhook_messages WHERE receiver = $1 AND user_id = $2 AND state = 'held' ORDER BY number LIMIT 1 FOR NO KEY UPDATE) AND state = 'held'
        """;

    /// <summary>Of <c>$1</c> the receiver: the next of each user of whom none may be claimed.</summary>
    public const string ReleaseAll = $"""
        UPDATE webhook_messages SET state = 'queued', due_at = clock_timestamp()
        WHERE state = 'held' AND id IN (
            SELECT (array_agg(o.id ORDER BY o.number))[1] FROM webhook_messages o WHERE o.receiver = $1 AND o.{Open} GROUP BY o.user_id HAVING bool_and(o.state = 'held'))
        """;
}
