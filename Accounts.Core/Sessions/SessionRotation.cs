using Microsoft.Extensions.Options;
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
/// that was presented: of any number of callers one moves it. The second, a statement of its own because one that
/// shared the first's snapshot would read the old row, tells why nothing moved.
/// </summary>
public sealed class SessionRotation(NpgsqlDataSource database, IOptions<SessionOptions> options)
{
    private const string Issued = "s.auth_time, s.amr, u.roles, u.email_verified, s.persistent, s.created_at + @absolute - clock_timestamp()";
    private const int IssuedCount = 6;

    private const string Rotate = $"""
        UPDATE sessions s SET generation = s.generation + 1, rotated_at = clock_timestamp(), rotated_by = @agent
        FROM users u
        WHERE s.user_id = @user_id AND s.id = @id AND u.id = s.user_id
          AND s.generation = @generation AND s.secret_hash = @secret_hash AND s.body_mode = @body_mode
          AND {SessionLifetime.SessionIsLive} AND {SessionLifetime.UserIsLive}
          AND (s.generation = 0 OR s.rotated_at <= clock_timestamp() - @leeway)
        RETURNING {Issued}
        """;

    private const string Read = $"""
        SELECT {Issued}, s.generation, s.secret_hash = @secret_hash, s.body_mode = @body_mode, s.ended_at IS NOT NULL,
               {SessionLifetime.IdleIsOver} OR {SessionLifetime.AbsoluteIsOver}, {SessionLifetime.UserIsLive},
               s.rotated_at > clock_timestamp() - @leeway, s.rotated_by = @agent
        FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.user_id = @user_id AND s.id = @id
        """;

    public async Task<RotatedSession?> TryRotateAsync(RefreshToken token, bool bodyMode, Device device, CancellationToken cancellation)
    {
        await using var command = Command(Rotate, token, bodyMode, device);
        command.Parameters.AddWithValue("generation", token.Generation);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? ReadIssued(reader) : null;
    }

    public async Task<SessionState?> ReadAsync(RefreshToken token, bool bodyMode, Device device, CancellationToken cancellation)
    {
        await using var command = Command(Read, token, bodyMode, device);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? ReadState(reader) : null;
    }

    private NpgsqlCommand Command(string text, RefreshToken token, bool bodyMode, Device device)
    {
        var command = database.CreateCommand(text);
        command.Parameters.AddWithValue("user_id", token.UserId);
        command.Parameters.AddWithValue("id", token.SessionId);
        command.Parameters.AddWithValue("secret_hash", token.SecretHash);
        command.Parameters.AddWithValue("body_mode", bodyMode);
        command.Parameters.AddWithValue("agent", device.UserAgentHash);
        command.Parameters.AddWithValue("leeway", options.Value.ReuseLeeway);
        command.AddLifetimes(options.Value);
        return command;
    }

    private static RotatedSession ReadIssued(NpgsqlDataReader row) => new(
        row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<string[]>(1), row.GetFieldValue<string[]>(2),
        row.GetBoolean(3), row.GetBoolean(4), row.GetTimeSpan(5));

    private static SessionState ReadState(NpgsqlDataReader row) => new(
        row.GetInt64(IssuedCount), row.GetBoolean(IssuedCount + 1), row.GetBoolean(IssuedCount + 2), row.GetBoolean(IssuedCount + 3),
        row.GetBoolean(IssuedCount + 4), row.GetBoolean(IssuedCount + 5), row.GetBoolean(IssuedCount + 6), row.GetBoolean(IssuedCount + 7),
        ReadIssued(row));
}
