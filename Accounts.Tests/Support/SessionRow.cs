using Xunit;

namespace Accounts.Tests.Support;

/// <summary>The session that a refresh token belongs to, as the database has it; a test ages it instead of waiting.</summary>
public sealed class SessionRow
{
    /// <summary>Of a session <c>s</c> and its user <c>u</c>: it has not ended, by itself or with all of its user's.</summary>
    public const string Open = "s.ended_at IS NULL AND s.epoch = u.sessions_epoch";

    private const string Here = "user_id = @user AND id = @id";

    private readonly TestDatabase database;
    private readonly (string, object)[] key;

    public SessionRow(TestDatabase database, string token)
    {
        this.database = database;
        UserId = TokenText.UserOf(token);
        Id = TokenText.SessionOf(token);
        key = [("user", UserId), ("id", Id)];
    }

    public Guid UserId { get; }

    public Guid Id { get; }

    public Task<long> GenerationAsync() => ReadAsync<long>("generation");

    /// <summary>Why it has ended; "alive" while it has not.</summary>
    public Task<string> EndAsync() => ReadAsync<string>(
        $"(SELECT CASE WHEN {Open} THEN 'alive' ELSE coalesce(end_reason, sessions_end_reason) END FROM users u WHERE u.id = s.user_id)");

    /// <summary>Its generation and its end, in one look.</summary>
    public async Task AssertAsync(long generation, string end)
    {
        Assert.Equal(generation, await GenerationAsync());
        Assert.Equal(end, await EndAsync());
    }

    public Task<T> ReadAsync<T>(string expression) => database.ScalarAsync<T>($"SELECT {expression} FROM sessions s WHERE {Here}", key);

    /// <summary>Moves all of its past back, as if so much time had passed.</summary>
    public Task AgeAsync(TimeSpan by) => SetAsync("created_at = created_at - @by, rotated_at = rotated_at - @by, auth_time = auth_time - @by", ("by", by));

    public async Task SetAsync(string assignments, params (string, object)[] values) =>
        Assert.Equal(1, await database.ExecuteAsync($"UPDATE sessions SET {assignments} WHERE {Here}", [.. key, .. values]));

    /// <summary>How many security events of a kind name it.</summary>
    public Task<long> EventsAsync(string kind) =>
        database.CountAsync("security_events", "user_id = @user AND session_id = @id AND kind = @kind", [.. key, ("kind", kind)]);
}
