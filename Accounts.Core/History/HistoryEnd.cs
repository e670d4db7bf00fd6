using Npgsql;

namespace Accounts.Core.History;

/// <summary>Where the history ends at this moment.</summary>
public sealed class HistoryEnd(NpgsqlDataSource database)
{
    /// <returns>the last number that was given; 0 for none</returns>
    public async Task<long> ReadAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT number FROM event_chain");
        return await command.ExecuteScalarAsync(cancellation) is long number ? number : 0;
    }
}
