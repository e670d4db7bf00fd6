using System.Diagnostics;
using System.Threading.Channels;
using Accounts.Core.Failures;
using Accounts.Core.Telemetry;
using Npgsql;

namespace Accounts.Core.Data;

/// <summary>
/// Asks the database for many requests by one statement, when several wait: one round trip and, for an update, one
/// commit for all of them. One loop takes what is there and waits for nobody, so a lone request goes alone. Each has its
/// answer only when the transaction that it went with is committed. One request's cancellation or failure harms no
/// neighbour: what fails together is tried once more one by one, and a row that somebody has locked holds up no other.
/// </summary>
public sealed class StatementBatch<TRequest, TResult> : IAsyncDisposable where TRequest : notnull
{
    private const int Most = 64;
    private const int Longest = 2048;

    /// <summary>Of the connections that everything else needs: who waits for a locked row has no more.</summary>
    private const int Lanes = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), LanePatience = TimeSpan.FromSeconds(0.5), Retry = TimeSpan.FromSeconds(1);

    private readonly DatabasePools pools;
    private readonly string statement;
    private readonly Action<NpgsqlParameterCollection, IReadOnlyList<TRequest>> fill;
    private readonly Func<NpgsqlDataReader, TResult> read;
    private readonly IComparer<TRequest>? order;
    private readonly Channel<Waiting> channel = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(Longest) { SingleReader = true });
    private readonly SemaphoreSlim lanes = new(Lanes);
    private readonly Task loop;

    private sealed record Waiting(TRequest Request, TaskCompletionSource<TResult?> Result, CancellationToken Cancellation)
    {
        public long Since { get; } = Stopwatch.GetTimestamp();
    }

    /// <param name="pools">where each batch takes a connection</param>
    /// <param name="statement">reads the requests from <see cref="AskedRequests.Table"/>; the last column of a row is their <c>n</c></param>
    /// <param name="fill">adds the arrays, in the order of their columns, each with an element a request</param>
    /// <param name="read">reads the one row that a request may get</param>
    /// <param name="order">for a statement that locks rows: the order that every process takes them in, so that no two wait for each other</param>
    public StatementBatch(
        DatabasePools pools, string statement, Action<NpgsqlParameterCollection, IReadOnlyList<TRequest>> fill,
        Func<NpgsqlDataReader, TResult> read, IComparer<TRequest>? order = null)
    {
        (this.pools, this.statement, this.fill, this.read, this.order) = (pools, statement, fill, read, order);
        // Of the request that happens to be the first it must not be a part, for ever: its trace would have all statements.
        using (ExecutionContext.SuppressFlow())
        {
            loop = Task.Run(WorkAsync);
        }
    }

    /// <summary>For a statement that locks rows: the same, but that passes over those that somebody else has locked.</summary>
    public string? Unlocked { get; init; }

    /// <summary>Under which name its batches are counted; null for not at all.</summary>
    public BatchMeter? Measured { get; init; }

    /// <summary>The row of one request; null when there is none.</summary>
    /// <exception cref="UnavailableException">too many wait already, or somebody holds the row locked</exception>
    /// <exception cref="NpgsqlException">the database is away or did not answer in time; what was asked for may have happened</exception>
    public Task<TResult?> RunAsync(TRequest request, CancellationToken cancellation)
    {
        var waiting = new Waiting(request, new TaskCompletionSource<TResult?>(TaskCreationOptions.RunContinuationsAsynchronously), cancellation);
        return channel.Writer.TryWrite(waiting) ? waiting.Result.Task : throw new UnavailableException(Retry);
    }

    /// <summary>As <see cref="RunAsync"/>, on a connection of its own and with nobody else: for who has gone along with others and lost to one of them.</summary>
    public async Task<TResult?> RunAloneAsync(TRequest request, CancellationToken cancellation)
    {
        var alone = new Waiting(request, new TaskCompletionSource<TResult?>(), cancellation);
        await AnswerAloneAsync(alone);
        return await alone.Result.Task;
    }

    private async Task AnswerAloneAsync(Waiting waiting)
    {
        try
        {
            if (!await lanes.WaitAsync(LanePatience))
            {
                throw new UnavailableException(Retry);
            }
            try
            {
                waiting.Result.TrySetResult((await AskAsync(pools.Requests, statement, [waiting]))[0]);
            }
            finally
            {
                lanes.Release();
            }
        }
        catch (PostgresException e) when (IsLocked(e))
        {
            waiting.Result.TrySetException(new UnavailableException(Retry));
        }
        catch (Exception e)
        {
            waiting.Result.TrySetException(e);
        }
    }

    private static bool IsLocked(PostgresException e) => e.SqlState == PostgresErrorCodes.LockNotAvailable;

    private async Task WorkAsync()
    {
        var batch = new List<Waiting>(Most);
        while (await channel.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < Most && channel.Reader.TryRead(out var waiting))
            {
                if (waiting.Cancellation.IsCancellationRequested)
                {
                    waiting.Result.TrySetCanceled(waiting.Cancellation);
                }
                else
                {
                    batch.Add(waiting);
                }
            }
            if (batch.Count > 0)
            {
                Measured?.Record(batch.Count, batch[0].Since);
                await AnswerAsync(batch);
            }
        }
    }

    private async Task AnswerAsync(List<Waiting> batch)
    {
        if (order is not null)
        {
            batch.Sort((one, other) => order.Compare(one.Request, other.Request));
        }
        try
        {
            Answer(batch, await AskAsync(pools.Batches, statement, batch));
        }
        catch (PostgresException e) when (IsLocked(e))
        {
            await AnswerUnlockedAsync(batch);
        }
        catch (Exception e) when (DatabaseFailure.Away(e) is not null)
        {
            batch.ForEach(waiting => waiting.Result.TrySetException(e));
            FailWhoHaveWaited(e);
        }
        catch (Exception) when (batch.Count > 1)
        {
            foreach (var waiting in batch)
            {
                await AnswerAsync([waiting]);
            }
        }
        catch (Exception e)
        {
            batch[0].Result.TrySetException(e);
        }
    }

    /// <summary>Who has no row then, because it is locked or because there is none, asks by itself, and the loop waits for nobody.</summary>
    private async Task AnswerUnlockedAsync(List<Waiting> batch)
    {
        try
        {
            if (Unlocked is { } unlocked && batch.Count > 1)
            {
                var results = await AskAsync(pools.Batches, unlocked, batch);
                for (var i = 0; i < results.Length; i++)
                {
                    if (results[i] is { } row)
                    {
                        batch[i].Result.TrySetResult(row);
                    }
                }
            }
        }
        catch (PostgresException e) when (IsLocked(e))
        {
        }
        catch (Exception e)
        {
            batch.ForEach(waiting => waiting.Result.TrySetException(e));
            return;
        }
        batch.FindAll(waiting => !waiting.Result.Task.IsCompleted).ForEach(waiting => _ = AnswerAloneAsync(waiting));
    }

    /// <summary>Who came while a batch waited for a database that never answered. What fails at once fails nobody else.</summary>
    private void FailWhoHaveWaited(Exception reason)
    {
        while (channel.Reader.TryPeek(out var next) && Stopwatch.GetElapsedTime(next.Since) > Patience && channel.Reader.TryRead(out var waiting))
        {
            waiting.Result.TrySetException(reason);
        }
    }

    private static void Answer(List<Waiting> batch, TResult?[] results)
    {
        for (var i = 0; i < results.Length; i++)
        {
            batch[i].Result.TrySetResult(results[i]);
        }
    }

    private async Task<TResult?[]> AskAsync(NpgsqlDataSource database, string text, List<Waiting> batch)
    {
        var results = new TResult?[batch.Count];
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(text, connection);
        fill(command.Parameters, batch.ConvertAll(waiting => waiting.Request));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = batch.Count });
        await ReadAsync(command, results);
        return results;
    }

    private async Task ReadAsync(NpgsqlCommand command, TResult?[] results)
    {
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            results[(int)reader.GetInt64(reader.FieldCount - 1) - 1] = read(reader);
        }
    }

    public async ValueTask DisposeAsync()
    {
        channel.Writer.TryComplete();
        await loop;
        lanes.Dispose();
    }
}
