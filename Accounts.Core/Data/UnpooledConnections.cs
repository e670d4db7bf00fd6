using Npgsql;

namespace Accounts.Core.Data;

/// <summary>Opens connections outside the pool, for what keeps one to itself. The data source won't do: the connection string that it shows lacks the password.</summary>
public sealed class UnpooledConnections(string connectionString)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly string connectionString = new NpgsqlConnectionStringBuilder(connectionString)
    {
        Pooling = false,
        KeepAlive = (int)KeepAlive.TotalSeconds,
    }.ConnectionString;

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
