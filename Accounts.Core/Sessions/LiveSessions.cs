using Accounts.Core.Data;
using Accounts.Core.Telemetry;
using Accounts.Core.Tokens;
using Accounts.Core.Users;
using Npgsql;

namespace Accounts.Core.Sessions;

/// <summary>A session that lives now, with its user: all that the server's own endpoints need of a request's bearer.</summary>
/// <param name="SessionId">its id</param>
/// <param name="User">whose it is</param>
/// <param name="Now">by the clock that told the time of the sign-in: the database's</param>
public record LiveSession(Guid SessionId, UserProfile User, DateTimeOffset Now)
{
    /// <summary>What the access token says that has led here: how fresh and how good a proof is stands there alone, and not with the session, which others may share.</summary>
    public AccessTokenClaims Token { get; init; }

    public TimeSpan SinceProof => Now - Token.AuthTime;
}

/// <summary>Finds a live session and its user by one statement; it is asked on every authenticated request, so those that wait together go together.</summary>
public sealed class LiveSessions : IAsyncDisposable
{
    private readonly StatementBatch<(Guid UserId, Guid SessionId), LiveSession> batch;

    /// <summary>Of a row, in the order in which <see cref="Read"/> reads it.</summary>
    private static readonly string Columns = string.Join(", ", Enumerable.Range(0, UserProfile.ColumnCount + 2).Select(n => $"c{n}"));

    public LiveSessions(DatabasePools pools, LiveSessionRule rule, AccountsMeter meter)
    {
        batch = new(pools, $"""
            SELECT {Columns}, asked.n FROM {AskedRequests.Table("user_id", "session_id")}, LATERAL (
              SELECT {UserProfile.Columns}, s.id, clock_timestamp()
              FROM sessions s JOIN users u ON u.id = s.user_id
              WHERE s.user_id = asked.user_id AND s.id = asked.session_id AND {rule.IsLive}
              LIMIT 1) live ({Columns})
            """, Fill, Read) { Measured = new(meter, "live_session") };
    }

    private static void Fill(NpgsqlParameterCollection parameters, IReadOnlyList<(Guid UserId, Guid SessionId)> requests)
    {
        parameters.AddColumn(requests, asked => asked.UserId);
        parameters.AddColumn(requests, asked => asked.SessionId);
    }

    /// <summary>Null when the session or its user does not live.</summary>
    public Task<LiveSession?> FindAsync(Guid userId, Guid sessionId, CancellationToken cancellation) =>
        batch.RunAsync((userId, sessionId), cancellation);

    /// <summary>That of a checked access token.</summary>
    public async Task<LiveSession?> FindAsync(AccessTokenClaims token, CancellationToken cancellation) =>
        await FindAsync(token.UserId, token.SessionId, cancellation) is { } live ? live with { Token = token } : null;

    private static LiveSession Read(NpgsqlDataReader row) => new(
        row.GetGuid(UserProfile.ColumnCount), UserProfile.Read(row), row.GetFieldValue<DateTimeOffset>(UserProfile.ColumnCount + 1));

    public ValueTask DisposeAsync() => batch.DisposeAsync();
}
