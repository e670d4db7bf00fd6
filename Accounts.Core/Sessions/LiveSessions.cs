using Accounts.Core.Users;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Core.Sessions;

/// <summary>A session that lives now, with its user: all that the server's own endpoints need of a request's bearer.</summary>
public sealed record LiveSession(Guid SessionId, UserProfile User, DateTimeOffset AuthTime, string[] Amr);

/// <summary>Finds a live session and its user by one statement; it is asked on every authenticated request.</summary>
public sealed class LiveSessions(NpgsqlDataSource database, IOptions<SessionOptions> options)
{
    private const string Statement = $"""
        SELECT {UserProfile.Columns}, s.auth_time, s.amr
        FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.user_id = @user_id AND s.id = @id AND {SessionLifetime.SessionIsLive} AND {SessionLifetime.UserIsLive}
        """;

    /// <summary>Null when the session or its user does not live.</summary>
    public async Task<LiveSession?> FindAsync(Guid userId, Guid sessionId, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Statement);
        command.Parameters.AddWithValue("user_id", userId);
        command.Parameters.AddWithValue("id", sessionId);
        command.AddLifetimes(options.Value);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new LiveSession(sessionId, UserProfile.Read(reader), reader.GetFieldValue<DateTimeOffset>(UserProfile.ColumnCount), reader.GetFieldValue<string[]>(UserProfile.ColumnCount + 1))
            : null;
    }
}
