using System.Threading.Channels;
using Accounts.Core.Failures;
using Accounts.Core.Telemetry;
using Npgsql;

namespace Accounts.Core.Data;

/// <summary>
/// Asks the database for many requests by one statement, when several wait: one round trip and, for an update, one
/// commit for all of them. One loop takes what is there and waits for nobody, so a lone request goes alone. Each has its
/// answer only when the transaction that it went with is committed. One request's cancellation or failure harms no
/// neighbour: what fails together is tried once more one by one, and what meets a row that somebody holds goes out of the others' way.
/// </summary>
public sealed class StatementBatch<TRequest, TResult> : IAsyncDisposable where TRequest : notnull
{
    private const int Most = 64;
    private const int Longest = 2048;

    /// <summary>Who waits for a database that hangs, and who waits behind them, is told so within the 3 s of the contract.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    private readonly BatchConnections database;
    private readonly string statement;
    private readonly Action<NpgsqlParameterCollection, IReadOnlyList<TRequest>> fill;
    private readonly Func<NpgsqlDataReader, TResult> read;
    private readonly IComparer<TRequest>? order;
    private readonly Channel<Waiting> channel = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(Longest) { SingleReader = true });
    private readonly Task loop;

    private sealed record Waiting(TRequest Request, TaskCompletionSource<TResult?> Result, CancellationToken Cancellation, long Since = 0);

    /// <param name="database">where each batch, and each that goes alone, takes a connection</param>
    /// <param name="statement">reads the requests from <see cref="StatementBatch.Asked"/>; the last column of a row is their <c>n</c></param>
    /// <param name="fill">adds the arrays, in the order of their columns, each with an element a request</param>
    /// <param name="read">reads the one row that a request may get</param>
    /// <param name="order">for a statement that locks rows: the order that every process takes them in, so that no two wait for each other</param>
    public StatementBatch(
        BatchConnections database, string statement, Action<NpgsqlParameterCollection, IReadOnlyList<TRequest>> fill,
        Func<NpgsqlDataReader, TResult> read, IComparer<TRequest>? order = null)
    {
        (this.database, this.statement, this.fill, this.read, this.order) = (database, statement, fill, read, order);
        // Of the request that happens to be the first it must not be a part, for ever: its trace would have all statements.
        using (ExecutionContext.SuppressFlow())
        {
            loop = Task.Run(WorkAsync);
        }
    }

    /// <summary>Under which name its batches are counted; null for not at all.</summary>
    public BatchMeter? Measured { get; init; }

    /// <summary>The row of one request; null when there is none.</summary>
    /// <exception cref="UnavailableException">too many wait already</exception>
    /// <exception cref="NpgsqlException">the database is away or did not answer in time; what was asked for may have happened</exception>
    public Task<TResult?> RunAsync(TRequest request, CancellationToken cancellation)
    {
        var waiting = new Waiting(request, new TaskCompletionSource<TResult?>(TaskCreationOptions.RunContinuationsAsynchronously), cancellation, Measured?.Moment() ?? 0);
        return channel.Writer.TryWrite(waiting) ? waiting.Result.Task : throw new UnavailableException(TimeSpan.FromSeconds(1));
    }

    /// <summary>As <see cref="RunAsync"/>, on a connection of its own and with nobody else: for who has gone along with others and lost to one of them.</summary>
    public async Task<TResult?> RunAloneAsync(TRequest request, CancellationToken cancellation)
    {
        var alone = new Waiting(request, new TaskCompletionSource<TResult?>(), cancellation);
        await ExecuteAsync(database.Alone, [alone]);
        return await alone.Result.Task;
    }

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
            await ExecuteAsync(database.Together, batch).WaitAsync(Patience);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // Of these, who wants the row that is held waits, and the queue does not.
            foreach (var waiting in batch)
            {
                _ = AnswerAloneAsync(waiting);
            }
        }
        catch (Exception e) when (e is NpgsqlException and not PostgresException or TimeoutException)
        {
            batch.ForEach(waiting => waiting.Result.TrySetException(e));
            FailQueued(e);
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

    private async Task AnswerAloneAsync(Waiting waiting)
    {
        try
        {
            await ExecuteAsync(database.Alone, [waiting]);
        }
        catch (Exception e)
        {
            waiting.Result.TrySetException(e);
        }
    }

    /// <summary>Who waited behind a batch that the database left without an answer has waited long enough.</summary>
    private void FailQueued(Exception reason)
    {
        for (var queued = channel.Reader.Count; queued > 0 && channel.Reader.TryRead(out var waiting); queued--)
        {
            waiting.Result.TrySetException(reason);
        }
    }

    private async Task ExecuteAsync(NpgsqlDataSource source, List<Waiting> batch)
    {
        var results = new TResult?[batch.Count];
        await using (var connection = await source.OpenConnectionAsync())
        await using (var command = new NpgsqlCommand(statement, connection))
        {
            fill(command.Parameters, batch.ConvertAll(waiting => waiting.Request));
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = batch.Count });
            await ReadAsync(command, results);
        }
        for (var i = 0; i < results.Length; i++)
        {
            batch[i].Result.TrySetResult(results[i]);
        }
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
    }
}

/// <summary>The parts of a batch's statement.</summary>
public static class StatementBatch
{
    /// <summary>
    /// The requests as a table <c>asked</c> with these columns and <c>n</c>. Its <c>LIMIT</c> cuts nothing: without knowing the
    /// parameter PostgreSQL expects one row, so that its generic plan looks rows up by index, and is kept from the sixth
    /// execution on. By the length that it expects of an array it would scan whole tables, or plan every time anew.
    /// </summary>
    public static string Asked(params string[] columns)
    {
        var arrays = string.Join(", ", Enumerable.Range(1, columns.Length).Select(n => $"${n}"));
        var names = string.Join(", ", [.. columns, "n"]);
        return $"(SELECT {names} FROM unnest({arrays}) WITH ORDINALITY given ({names}) LIMIT ${columns.Length + 1}) asked";
    }

    /// <summary>One column of that table.</summary>
    public static void AddColumn<TRequest, T>(this NpgsqlParameterCollection parameters, IReadOnlyList<TRequest> requests, Func<TRequest, T> value) =>
        parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. requests.Select(value)] });
}
