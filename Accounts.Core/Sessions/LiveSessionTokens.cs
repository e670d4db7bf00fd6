using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Telemetry;
using Accounts.Core.Tokens;
using Accounts.Core.Users;
using Npgsql;

namespace Accounts.Core.Sessions;

/// <summary>A live session that its session token has shown: what else there is to know of it, which of others the access token says.</summary>
/// <param name="SessionId">its id</param>
/// <param name="User">whose it is</param>
/// <param name="Now">by the database's clock</param>
/// <param name="Shown">the token</param>
public sealed record LiveTokenSession(Guid SessionId, UserProfile User, DateTimeOffset Now, SessionToken Shown) : LiveSession(SessionId, User, Now)
{
    public required SessionTransport Transport { get; init; }

    public required string[] Amr { get; init; }
}

/// <summary>Finds the session of a session token, and its user, by one statement; those that wait together go together. Access tokens have another, which is none the longer for it.</summary>
public sealed class LiveSessionTokens : IAsyncDisposable
{
    private const int OwnColumns = 8;

    private static readonly string Columns = string.Join(", ", Enumerable.Range(0, UserProfile.ColumnCount + OwnColumns).Select(n => $"c{n}"));

    private readonly DatabasePools pools;
    private readonly StatementBatch<SessionToken, Found> batch;
    private readonly SessionUses uses;
    private readonly string why;

    private sealed record Found(LiveTokenSession Session, bool UseIsDue);

    private readonly SessionTokenCodec codec;

    public LiveSessionTokens(DatabasePools pools, LiveSessionRule rule, SessionUses uses, SessionTokenCodec codec, AccountsMeter meter)
    {
        (this.pools, this.uses, this.codec) = (pools, uses, codec);
        batch = new(pools, $"""
            SELECT {Columns}, asked.n FROM {AskedRequests.Table("user_id", "session_id", "secret_hash")}, LATERAL (
              SELECT {UserProfile.Columns}, clock_timestamp(), s.transport, s.amr, s.auth_time, s.created_at, {rule.ExpiresAt}, {LiveSessionRule.UseIsDue}, s.id
              FROM sessions s JOIN users u ON u.id = s.user_id
              WHERE s.user_id = asked.user_id AND s.id = asked.session_id AND s.secret_hash = asked.secret_hash
                AND s.transport IN ('session', 'token_body') AND {rule.IsLive}
              LIMIT 1) live ({Columns})
            """, Fill, Read) { Measured = new(meter, "session_token") };
        why = $"""
            SELECT s.secret_hash = $3 AND s.transport IN ('session', 'token_body'), {LiveSessionRule.IsEnded}, {rule.IdleIsOver} OR {rule.AbsoluteIsOver}
            FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.user_id = $1 AND s.id = $2
            """;
    }

    private static void Fill(NpgsqlParameterCollection parameters, IReadOnlyList<SessionToken> requests)
    {
        parameters.AddColumn(requests, asked => asked.UserId);
        parameters.AddColumn(requests, asked => asked.SessionId);
        parameters.AddColumn(requests, asked => asked.SecretHash);
    }

    /// <summary>By the token's text; null for garbage, too.</summary>
    public Task<LiveTokenSession?> FindAsync(string text, CancellationToken cancellation) =>
        codec.TryRead(text, out var token) is null ? FindAsync(token!, cancellation) : Task.FromResult<LiveTokenSession?>(null);

    /// <summary>Null when the session or its user does not live.</summary>
    public async Task<LiveTokenSession?> FindAsync(SessionToken token, CancellationToken cancellation)
    {
        if (await batch.RunAsync(token, cancellation) is not { } found)
        {
            return null;
        }
        if (found.UseIsDue)
        {
            uses.Mark(token);
        }
        return found.Session with { Shown = token };
    }

    /// <summary>Why nothing was found.</summary>
    public async Task<TokenRejection> WhyNotAsync(SessionToken token, CancellationToken cancellation)
    {
        await using var command = pools.Batches.CreateCommand(why);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token.UserId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = token.SessionId });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = token.SecretHash });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return !await reader.ReadAsync(cancellation) || !reader.GetBoolean(0) ? TokenRejection.Invalid
            : !reader.GetBoolean(1) && reader.GetBoolean(2) ? TokenRejection.Expired
            : TokenRejection.Revoked;
    }

    private static Found Read(NpgsqlDataReader row)
    {
        var at = UserProfile.ColumnCount;
        var (user, now, amr) = (UserProfile.Read(row), row.GetFieldValue<DateTimeOffset>(at), row.GetFieldValue<string[]>(at + 2));
        var sessionId = row.GetGuid(at + 7);
        return new Found(
            new LiveTokenSession(sessionId, user, now, null!)
            {
                Transport = row.GetString(at + 1) == SnakeCaseEnum<SessionTransport>.Word(SessionTransport.Session) ? SessionTransport.Session : SessionTransport.TokenBody,
                Amr = amr,
                Token = new AccessTokenClaims(
                    user.Id, sessionId, row.GetFieldValue<DateTimeOffset>(at + 5), row.GetFieldValue<DateTimeOffset>(at + 4), row.GetFieldValue<DateTimeOffset>(at + 3),
                    AuthenticationLevel.Of(amr) == AuthenticationLevel.Two),
            },
            row.GetBoolean(at + 6));
    }

    public ValueTask DisposeAsync() => batch.DisposeAsync();
}
