using Npgsql;

namespace Accounts.Tests.Support;

/// <summary>A transaction of the test's own, held open while a server works; rolled back unless committed.</summary>
public sealed class HeldTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private HeldTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) => (this.connection, this.transaction) = (connection, transaction);

    public static async Task<HeldTransaction> BeginAsync(TestDatabase database)
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        return new HeldTransaction(connection, await connection.BeginTransactionAsync());
    }

    public async Task ExecuteAsync(string statement, params (string Name, object Value)[] parameters)
    {
        await using var command = new NpgsqlCommand(statement, connection, transaction);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What an administrator's deactivation does: the user first, then every session.</summary>
    public async Task DeactivateAsync(Guid userId)
    {
        await ExecuteAsync("UPDATE users SET is_active = false WHERE id = @user", ("user", userId));
        await ExecuteAsync("UPDATE sessions SET ended_at = clock_timestamp(), end_reason = 'user_ended' WHERE user_id = @user AND ended_at IS NULL", ("user", userId));
    }

    public Task CommitAsync() => transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
