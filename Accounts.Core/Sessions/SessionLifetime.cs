namespace Accounts.Core.Sessions;

/// <summary>
/// The one definition of a live session and a live user, as the SQL that every statement shares. Times are compared
/// by the database's own clock; <c>s</c> and <c>u</c> are the session and its user, @idle, @transient_idle and
/// @absolute are durations.
/// </summary>
public static class SessionLifetime
{
    public const string UserIsLive = "u.is_active AND u.deleted_at IS NULL";

    public const string IdleIsOver =
        "s.rotated_at <= clock_timestamp() - CASE WHEN s.persistent THEN @idle ELSE least(@idle, @transient_idle) END";

    public const string AbsoluteIsOver = "s.created_at <= clock_timestamp() - @absolute";

    public const string SessionIsLive = $"s.ended_at IS NULL AND NOT ({IdleIsOver}) AND NOT ({AbsoluteIsOver})";
}
