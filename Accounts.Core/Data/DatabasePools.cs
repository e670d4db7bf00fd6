using System.Diagnostics;
using Npgsql;

namespace Accounts.Core.Data;

/// <summary>
/// The connections of this process. What goes together for many requests (<see cref="StatementBatch{TRequest, TResult}"/>) has a
/// few of its own, on which no statement waits long for a lock: whatever strangers wait for on the others, it goes on.
/// </summary>
/// <param name="requests">of everything else; its owner disposes it</param>
/// <param name="batches">of what goes together</param>
public sealed class DatabasePools(NpgsqlDataSource requests, NpgsqlDataSource batches) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private long? dropped;

    public NpgsqlDataSource Requests { get; } = requests;

    public NpgsqlDataSource Batches { get; } = batches;

    /// <summary>
    /// Drops the connections to a server that only reads, once a second at most, so that the next one finds who writes. Where it
    /// writes again, connections of before would not know.
    /// </summary>
    public void DropWhatOnlyReads(Exception failure)
    {
        if (DatabaseFailure.IsReadOnly(failure))
        {
            DropAll();
        }
    }

    public void DropAll()
    {
        lock (gate)
        {
            if (dropped is { } last && Stopwatch.GetElapsedTime(last) < Pause)
            {
                return;
            }
            dropped = Stopwatch.GetTimestamp();
        }
        Requests.Clear();
        Batches.Clear();
    }

    public ValueTask DisposeAsync() => Batches.DisposeAsync();
}
