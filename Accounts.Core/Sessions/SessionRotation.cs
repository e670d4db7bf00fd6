using Accounts.Core.Data;
using Accounts.Core.Telemetry;
using Accounts.Core.Users;
using Accounts.Core.Users.Extra;
using Npgsql;

namespace Accounts.Core.Sessions;

/// <summary>What a live session puts into the next access token and cookie.</summary>
/// <param name="Extra">what its user has in extra fields, where access tokens tell any</param>
/// <param name="LegacyId">its user's in the system that they came from</param>
/// <param name="Version">its user's, not of after the roles</param>
public sealed record RotatedSession(
    DateTimeOffset AuthTime, string[] Amr, string[] Roles, bool EmailVerified, bool Persistent, TimeSpan AbsoluteLeft, string? Extra, string? LegacyId, long Version);

/// <summary>A session after it was moved.</summary>
/// <param name="Generation">whose token is to be handed out: never the presented one's plus one</param>
/// <param name="FirstChild">where it is less, the generations from it on went to one parent, whose answers did not arrive</param>
public sealed record Rotation(long Generation, long FirstChild, RotatedSession Session)
{
    /// <summary>How many answers to the presented token must have been lost.</summary>
    public long LostAnswers => Generation - FirstChild;
}

/// <summary>What the database says of a session that a rotation did not touch; every comparison of times is the database's.</summary>
public sealed record SessionState(
    long Generation, long Parent, long FirstChild, bool SecretMatches, bool TransportMatches, bool Ended, bool LifetimeOver, bool UserLive,
    bool WithinLeeway, RotatedSession Session);

/// <summary>
/// The statements of a refresh. The first moves a live session one generation on, where the presented one is current, its
/// parent, or another child of that parent: of any number of callers one moves it, and those that wait together go together.
/// The second, a statement of its own because one that shared the first's snapshot would read the old row, tells why nothing
/// moved. The third brings a row that has lost writes up to its token.
/// </summary>
public sealed class SessionRotation : IAsyncDisposable
{
    private const int IssuedCount = 9;

    private sealed record Presented(RefreshToken Token, string Transport)
    {
        public static Presented By(RefreshToken token, SessionTransport transport) => new(token, SnakeCaseEnum<SessionTransport>.Word(transport));
    }

    private readonly DatabasePools pools;
    private readonly StatementBatch<Presented, Rotation> rotations;
    private readonly string read, forward;

    public SessionRotation(DatabasePools pools, LiveSessionRule rule, ExtraFields extra, AccountsMeter meter)
    {
        this.pools = pools;
        var asked = AskedRequests.Table("user_id", "session_id", "secret_hash", "transport", "generation");
        var issued = $"s.auth_time, s.amr, u.roles, u.email_verified, s.persistent, {rule.AbsoluteLeft}, {(extra.AnyInToken ? "u.extra" : "NULL::jsonb")}, u.legacy_id, u.version";
        var move = $"""
            UPDATE sessions s SET generation = s.generation + 1,
              first_child = CASE WHEN s.parent_generation = asked.generation THEN s.first_child ELSE s.generation + 1 END,
              parent_generation = asked.generation, rotated_at = clock_timestamp()
            FROM {asked}, users u
            WHERE s.user_id = asked.user_id AND s.id = asked.session_id AND u.id = s.user_id
              AND s.secret_hash = asked.secret_hash AND s.transport = asked.transport
              AND {rule.IsLive}
              AND ((asked.generation >= s.first_child AND asked.generation < s.generation)
                OR (asked.generation IN (s.generation, s.parent_generation) AND (s.generation = 0 OR NOT ({rule.WithinLeeway}))))
            """;
        var moved = $"RETURNING {issued}, s.generation, s.first_child, asked.n";
        // Not on the usual path: to lock first is one more record in the log for each row.
        var moveUnlocked = $"""
            WITH unlocked AS (
              SELECT s.id FROM {asked} JOIN sessions s ON s.user_id = asked.user_id AND s.id = asked.session_id FOR NO KEY UPDATE OF s SKIP LOCKED)
            {move} AND s.id IN (SELECT id FROM unlocked) {moved}
            """;
        rotations = new(pools, $"{move} {moved}", Fill, ReadRotation, ByRow) { Unlocked = moveUnlocked, Measured = new(meter, "refresh") };
        read = $"""
            SELECT {issued}, s.generation, s.parent_generation, s.first_child, s.secret_hash = $3, s.transport = $4, {LiveSessionRule.IsEnded},
                   {rule.IdleIsOver} OR {rule.AbsoluteIsOver}, {LiveUser.Sql}, {rule.WithinLeeway}
            FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.user_id = $1 AND s.id = $2
            """;
        forward = $"""
            UPDATE sessions s SET generation = $5, parent_generation = $5 - 1, first_child = $5, rotated_at = clock_timestamp()
            FROM users u
            WHERE s.user_id = $1 AND s.id = $2 AND u.id = s.user_id AND s.secret_hash = $3 AND s.transport = $4 AND {rule.IsLive}
              AND s.generation BETWEEN $5 - {RefreshToken.FurthestAhead} AND $5 - 1
            """;
    }

    private static void Fill(NpgsqlParameterCollection parameters, IReadOnlyList<Presented> requests)
    {
        parameters.AddColumn(requests, presented => presented.Token.UserId);
        parameters.AddColumn(requests, presented => presented.Token.SessionId);
        parameters.AddColumn(requests, presented => presented.Token.SecretHash);
        parameters.AddColumn(requests, presented => presented.Transport);
        parameters.AddColumn(requests, presented => presented.Token.Generation);
    }

    /// <summary>Every process locks rows in this order.</summary>
    private static Comparer<Presented> ByRow { get; } = Comparer<Presented>.Create((one, other) =>
        (one.Token.UserId, one.Token.SessionId).CompareTo((other.Token.UserId, other.Token.SessionId)));

    /// <param name="alone">not together with others: of two requests for one session that go together, one moves it</param>
    public Task<Rotation?> TryRotateAsync(RefreshToken token, SessionTransport transport, bool alone, CancellationToken cancellation)
    {
        var presented = Presented.By(token, transport);
        return alone ? rotations.RunAloneAsync(presented, cancellation) : rotations.RunAsync(presented, cancellation);
    }

    public async Task<SessionState?> ReadAsync(RefreshToken token, SessionTransport transport, CancellationToken cancellation)
    {
        await using var command = pools.Batches.CreateCommand(read);
        Add(command.Parameters, Presented.By(token, transport));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? ReadState(reader) : null;
    }

    /// <summary>To the generation of a token that only this server can have issued.</summary>
    /// <returns>false where somebody else has moved it, or it does not live</returns>
    public async Task<bool> TryForwardAsync(RefreshToken token, SessionTransport transport)
    {
        await using var command = pools.Requests.CreateCommand(forward);
        Add(command.Parameters, Presented.By(token, transport));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = token.Generation });
        return await command.ExecuteNonQueryAsync() == 1;
    }

    private static void Add(NpgsqlParameterCollection parameters, Presented presented)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = presented.Token.UserId });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = presented.Token.SessionId });
        parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = presented.Token.SecretHash });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = presented.Transport });
    }

    private static RotatedSession ReadIssued(NpgsqlDataReader row) => new(
        row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<string[]>(1), row.GetFieldValue<string[]>(2),
        row.GetBoolean(3), row.GetBoolean(4), row.GetTimeSpan(5), row.IsDBNull(6) ? null : row.GetString(6),
        row.IsDBNull(7) ? null : row.GetString(7), row.GetInt64(8));

    private static Rotation ReadRotation(NpgsqlDataReader row) => new(row.GetInt64(IssuedCount), row.GetInt64(IssuedCount + 1), ReadIssued(row));

    private static SessionState ReadState(NpgsqlDataReader row) => new(
        row.GetInt64(IssuedCount), row.GetInt64(IssuedCount + 1), row.GetInt64(IssuedCount + 2), row.GetBoolean(IssuedCount + 3),
        row.GetBoolean(IssuedCount + 4), row.GetBoolean(IssuedCount + 5), row.GetBoolean(IssuedCount + 6), row.GetBoolean(IssuedCount + 7),
        row.GetBoolean(IssuedCount + 8), ReadIssued(row));

    public ValueTask DisposeAsync() => rotations.DisposeAsync();
}
