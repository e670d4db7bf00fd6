using Npgsql;

namespace Accounts.Core.Sessions;

/// <summary>A session that is over.</summary>
/// <param name="Reason">the word that <see cref="SessionEnd"/> is stored as</param>
public sealed record EndedSession(string Reason, DateTimeOffset At);

/// <summary>What becomes of the session that a refresh or session token belongs to, without rotating it: for pages, which have no access token, and for who is signed out.</summary>
public sealed class SessionRecognition(SessionRotation rotation, LiveSessionTokens sessions, NpgsqlDataSource database)
{
    /// <summary>Whose live session it is; null for none.</summary>
    public async Task<Guid?> UserOfAsync(SessionCredential credential, CancellationToken cancellation) => credential switch
    {
        SessionToken token => (await sessions.FindAsync(token, cancellation))?.User.Id,
        RefreshToken token => await UserOfAsync(token, cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(credential)),
    };

    private async Task<Guid?> UserOfAsync(RefreshToken token, CancellationToken cancellation) =>
        await rotation.ReadAsync(token, SessionTransport.Cookie, cancellation) is
            { SecretMatches: true, TransportMatches: true, Ended: false, LifetimeOver: false, UserLive: true }
            ? token.UserId
            : null;

    /// <summary>How it ended; null as long as it has not, and for whoever does not know its secret.</summary>
    public async Task<EndedSession?> EndOfAsync(SessionCredential token, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            SELECT coalesce(s.end_reason, u.sessions_end_reason), coalesce(s.ended_at, u.sessions_ended_at)
            FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.user_id = $1 AND s.id = $2 AND s.secret_hash = $3 AND {LiveSessionRule.IsEnded}
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token.UserId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token.SessionId });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = token.SecretHash });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? new EndedSession(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1)) : null;
    }
}
