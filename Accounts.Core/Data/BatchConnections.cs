using Npgsql;

namespace Accounts.Core.Data;

/// <summary>
/// A few connections for what many requests ask together, which nobody else can use up and which wait for no row: a
/// stranger's lock costs a batch 50 ms, and then only who wants that row waits.
/// </summary>
/// <param name="together">for batches</param>
/// <param name="alone">for who has to wait by himself</param>
public sealed class BatchConnections(NpgsqlDataSource together, NpgsqlDataSource alone) : IAsyncDisposable
{
    public NpgsqlDataSource Together => together;

    public NpgsqlDataSource Alone => alone;

    public ValueTask DisposeAsync() => together.DisposeAsync();
}
