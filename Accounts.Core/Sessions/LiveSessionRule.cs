using System.Globalization;
using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Sessions;

/// <summary>
/// The one definition of a live session, as the SQL that every statement shares; <c>s</c> and <c>u</c> are the session
/// and its user. Times are compared by the database's own clock, the durations are the settings' as they are now.
/// </summary>
public sealed class LiveSessionRule(IOptions<SessionOptions> options)
{
    /// <summary>Not ended, by itself or with all that its user had: those are of an epoch that is over, and marked later.</summary>
    public const string IsOpen = "s.ended_at IS NULL AND s.epoch = u.sessions_epoch";

    public const string IsEnded = $"NOT ({IsOpen})";

    /// <summary>Whether its session token, which is what all that use it show, has not been marked as used for so long that it is to be again.</summary>
    public static readonly string UseIsDue = $"s.rotated_at <= clock_timestamp() - {Interval(SessionOptions.UseIsMarkedEvery)}";

    public string IdleIsOver { get; } = $"s.rotated_at <= clock_timestamp() - {Idle(options.Value)}";

    /// <summary>Until when it lives if nobody uses it any more.</summary>
    public string ExpiresAt { get; } = $"least(s.rotated_at + {Idle(options.Value)}, s.created_at + {Interval(options.Value.AbsoluteLifetime)})";

    public string AbsoluteIsOver { get; } = $"s.created_at <= clock_timestamp() - {Interval(options.Value.AbsoluteLifetime)}";

    public string AbsoluteLeft { get; } = $"s.created_at + {Interval(options.Value.AbsoluteLifetime)} - clock_timestamp()";

    public string WithinLeeway { get; } = $"s.rotated_at > clock_timestamp() - {Interval(options.Value.ReuseLeeway)}";

    /// <summary>With its user: a session of nobody who lives is none.</summary>
    public string IsLive => $"{IsOpen} AND NOT ({IdleIsOver}) AND NOT ({AbsoluteIsOver}) AND {LiveUser.Sql}";

    /// <summary>What has not ended, for queries of the model; whatever its age: what is over by its age need not be ended, and may be.</summary>
    public static IQueryable<Session> Open(AccountsDb db) =>
        db.Sessions.Where(s => s.EndedAt == null && db.Users.Any(u => u.Id == s.UserId && u.SessionsEpoch == s.Epoch));

    public static string Interval(TimeSpan duration) =>
        string.Create(CultureInfo.InvariantCulture, $"interval '{duration.TotalMilliseconds:F0} milliseconds'");

    /// <summary>By what is shown of it: its refresh tokens, which come almost all the time, first.</summary>
    private static string Idle(SessionOptions options) =>
        $"CASE WHEN s.transport IN ('cookie', 'body') THEN {Idle(options.IdleLifetime)} ELSE {Idle(options.SessionTokenLifetime)} END";

    private static string Idle(TimeSpan lifetime) =>
        $"CASE WHEN s.persistent THEN {Interval(lifetime)} ELSE {Interval(Shorter(lifetime, SessionOptions.TransientIdleLifetime))} END";

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
