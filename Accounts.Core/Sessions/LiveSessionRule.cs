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

    public string IdleIsOver { get; } =
        $"s.rotated_at <= clock_timestamp() - CASE WHEN s.persistent THEN {Interval(options.Value.IdleLifetime)} ELSE {Interval(Shorter(options.Value.IdleLifetime, SessionOptions.TransientIdleLifetime))} END";

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

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
