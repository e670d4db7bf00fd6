using System.Data.Common;

namespace Accounts.Core.Audit;

/// <summary>An event as the chain of them sees it: everything that is recorded of it, as it stands in the database.</summary>
/// <param name="Kind">the word: another version may have written one that this one does not know</param>
/// <param name="At">to the microsecond, as PostgreSQL keeps it</param>
/// <param name="Before">the text of the JSON, as PostgreSQL writes it</param>
/// <param name="After">the same</param>
public sealed record NumberedEvent(
    Guid Id, string Kind, Guid UserId, Guid? SessionId, DateTimeOffset At, int Count, string Ip, string UserAgent, string? Before, string? After,
    Guid? ActorId, string? ActorIp, string? ActorUserAgent)
{
    /// <summary>The select list that <see cref="Read"/> reads, of <c>security_events</c>.</summary>
    internal const string Columns = "id, kind, user_id, session_id, at, count, ip, user_agent, before::text, after::text, actor_id, actor_ip, actor_user_agent";

    internal const int ColumnCount = 13;

    /// <summary>Whether somebody else's act is told, who may be erased by themselves.</summary>
    public bool HasActor => ActorId is not null || ActorIp is not null || ActorUserAgent is not null;

    internal static NumberedEvent Read(DbDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetGuid(2), IdOrNull(row, 3), row.GetFieldValue<DateTimeOffset>(4), row.GetInt32(5), row.GetString(6), row.GetString(7), Text(row, 8), Text(row, 9),
        IdOrNull(row, 10), Text(row, 11), Text(row, 12));

    private static Guid? IdOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
