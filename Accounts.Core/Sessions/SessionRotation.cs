using Accounts.Core.Data;
using Accounts.Core.Users;
using Npgsql;

namespace Accounts.Core.Sessions;

/// <summary>What a rotated or resumed session puts into the next access token and cookie.</summary>
public sealed record RotatedSession(
    DateTimeOffset AuthTime, string[] Amr, string[] Roles, bool EmailVerified, bool Persistent, TimeSpan AbsoluteLeft);

/// <summary>What the database says of a session that a rotation did not touch; every comparison of times is the database's.</summary>
public sealed record SessionState(
    long Generation, bool SecretMatches, bool TransportMatches, bool Ended, bool LifetimeOver, bool UserLive,
    bool WithinLeeway, bool SameUserAgent, RotatedSession Session);

/// <summary>
/// The two statements of a refresh. The first moves a live session one generation on, and only from the generation
/// that was presented: of any number of callers one moves it, and those that wait together go together. The second, a
/// statement of its own because one that shared the first's snapshot would read the old row, tells why nothing moved.
/// </summary>
public sealed class SessionRotation : IAsyncDisposable
{
    private const int IssuedCount = 6;

    private sealed record Presented(RefreshToken Token, string Transport, byte[] UserAgentHash)
    {
        public static Presented By(RefreshToken token, SessionTransport transport, Device device) =>
            new(token, SnakeCaseEnum<SessionTransport>.Word(transport), device.UserAgentHash);
    }

    private readonly NpgsqlDataSource database;
    private readonly StatementBatch<Presented, RotatedSession> rotations;
    private readonly string read;

    public SessionRotation(NpgsqlDataSource database, LiveSessionRule rule)
    {
        this.database = database;
        var issued = $"s.auth_time, s.amr, u.roles, u.email_verified, s.persistent, {rule.AbsoluteLeft}";
        rotations = new(database, $"""
            UPDATE sessions s SET generation = s.generation + 1, rotated_at = clock_timestamp(), rotated_by = asked.user_agent_hash
            FROM {StatementBatch.Asked("user_id", "session_id", "secret_hash", "transport", "user_agent_hash", "generation")}, users u
            WHERE s.user_id = asked.user_id AND s.id = asked.session_id AND u.id = s.user_id
              AND s.generation = asked.generation AND s.secret_hash = asked.secret_hash AND s.transport = asked.transport
              AND {rule.IsLive}
              AND (s.generation = 0 OR NOT ({rule.WithinLeeway}))
            RETURNING {issued}, asked.n
            """, Fill, ReadIssued, ByRow);
        read = $"""
            SELECT {issued}, s.generation, s.secret_hash = $3, s.transport = $4, {LiveSessionRule.IsEnded},
                   {rule.IdleIsOver} OR {rule.AbsoluteIsOver}, {LiveUser.Sql}, {rule.WithinLeeway}, s.rotated_by = $5
            FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.user_id = $1 AND s.id = $2
            """;
    }

    private static void Fill(NpgsqlParameterCollection parameters, IReadOnlyList<Presented> requests)
    {
        parameters.AddColumn(requests, presented => presented.Token.UserId);
        parameters.AddColumn(requests, presented => presented.Token.SessionId);
        parameters.AddColumn(requests, presented => presented.Token.SecretHash);
        parameters.AddColumn(requests, presented => presented.Transport);
        parameters.AddColumn(requests, presented => presented.UserAgentHash);
        parameters.AddColumn(requests, presented => presented.Token.Generation);
    }

    /// <summary>Every process locks rows in this order.</summary>
    private static Comparer<Presented> ByRow { get; } = Comparer<Presented>.Create((one, other) =>
        (one.Token.UserId, one.Token.SessionId).CompareTo((other.Token.UserId, other.Token.SessionId)));

    public Task<RotatedSession?> TryRotateAsync(RefreshToken token, SessionTransport transport, Device device, CancellationToken cancellation) =>
        rotations.RunAsync(Presented.By(token, transport, device), cancellation);

    public async Task<SessionState?> ReadAsync(RefreshToken token, SessionTransport transport, Device device, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(read);
        Add(command.Parameters, Presented.By(token, transport, device));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? ReadState(reader) : null;
    }

    private static void Add(NpgsqlParameterCollection parameters, Presented presented)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = presented.Token.UserId });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = presented.Token.SessionId });
        parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = presented.Token.SecretHash });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = presented.Transport });
        parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = presented.UserAgentHash });
    }

    private static RotatedSession ReadIssued(NpgsqlDataReader row) => new(
        row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<string[]>(1), row.GetFieldValue<string[]>(2),
        row.GetBoolean(3), row.GetBoolean(4), row.GetTimeSpan(5));

    private static SessionState ReadState(NpgsqlDataReader row) => new(
        row.GetInt64(IssuedCount), row.GetBoolean(IssuedCount + 1), row.GetBoolean(IssuedCount + 2), row.GetBoolean(IssuedCount + 3),
        row.GetBoolean(IssuedCount + 4), row.GetBoolean(IssuedCount + 5), row.GetBoolean(IssuedCount + 6), row.GetBoolean(IssuedCount + 7),
        ReadIssued(row));

    public ValueTask DisposeAsync() => rotations.DisposeAsync();
}
