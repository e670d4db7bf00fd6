using Accounts.Core.Data;
using Accounts.Core.Users;
using Npgsql;

namespace Accounts.Core.Sessions;

/// <summary>A session that lives now, with its user: all that the server's own endpoints need of a request's bearer.</summary>
public sealed record LiveSession(Guid SessionId, UserProfile User, DateTimeOffset AuthTime, string[] Amr);

/// <summary>Finds a live session and its user by one statement; it is asked on every authenticated request, so those that wait together go together.</summary>
public sealed class LiveSessions : IAsyncDisposable
{
    private readonly StatementBatch<(Guid UserId, Guid SessionId), LiveSession> batch;

    public LiveSessions(NpgsqlDataSource database, SessionLifetime lifetime)
    {
        var statement = $"""
            SELECT {UserProfile.Columns}, s.id, s.auth_time, s.amr
            FROM sessions s JOIN users u ON u.id = s.user_id
            WHERE s.user_id = $1 AND s.id = $2 AND {lifetime.SessionIsLive} AND {SessionLifetime.UserIsLive}
            """;
        batch = new(database, (command, request) =>
        {
            command.CommandText = statement;
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = request.UserId });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = request.SessionId });
        }, Read);
    }

    /// <summary>Null when the session or its user does not live.</summary>
    public Task<LiveSession?> FindAsync(Guid userId, Guid sessionId, CancellationToken cancellation) =>
        batch.RunAsync((userId, sessionId), cancellation);

    private static LiveSession Read(NpgsqlDataReader row) => new(
        row.GetGuid(UserProfile.ColumnCount), UserProfile.Read(row),
        row.GetFieldValue<DateTimeOffset>(UserProfile.ColumnCount + 1), row.GetFieldValue<string[]>(UserProfile.ColumnCount + 2));

    public ValueTask DisposeAsync() => batch.DisposeAsync();
}
