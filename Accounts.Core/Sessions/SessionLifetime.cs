using System.Globalization;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Sessions;

/// <summary>
/// The one definition of a live session and a live user, as the SQL that every statement shares; <c>s</c> and <c>u</c>
/// are the session and its user. Times are compared by the database's own clock, the durations are the settings'.
/// </summary>
public sealed class SessionLifetime(IOptions<SessionOptions> options)
{
    public const string UserIsLive = "u.is_active AND u.deleted_at IS NULL";

    public string IdleIsOver { get; } =
        $"s.rotated_at <= clock_timestamp() - CASE WHEN s.persistent THEN {Interval(options.Value.IdleLifetime)} ELSE {Interval(Shorter(options.Value.IdleLifetime, SessionOptions.TransientIdleLifetime))} END";

    public string AbsoluteIsOver { get; } = $"s.created_at <= clock_timestamp() - {Interval(options.Value.AbsoluteLifetime)}";

    public string AbsoluteLeft { get; } = $"s.created_at + {Interval(options.Value.AbsoluteLifetime)} - clock_timestamp()";

    public string WithinLeeway { get; } = $"s.rotated_at > clock_timestamp() - {Interval(options.Value.ReuseLeeway)}";

    public string SessionIsLive => $"s.ended_at IS NULL AND NOT ({IdleIsOver}) AND NOT ({AbsoluteIsOver})";

    public static string Interval(TimeSpan duration) =>
        string.Create(CultureInfo.InvariantCulture, $"interval '{duration.TotalMilliseconds:F0} milliseconds'");

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
