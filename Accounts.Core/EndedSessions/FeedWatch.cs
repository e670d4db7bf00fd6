using System.Diagnostics;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Accounts.Core.EndedSessions;

/// <summary>
/// Looks for new entries, once for all who follow at this process: they wait without a thread and without a connection, and are woken together. Not by a
/// notification of the database, which would hold one lock over every commit that ends a session.
/// </summary>
public sealed partial class FeedWatch(FeedTable table, IOptions<TokenOptions> options, TimeProvider time, ILogger<FeedWatch> log) : BackgroundService
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200), Seldom = TimeSpan.FromSeconds(1), Lately = TimeSpan.FromMinutes(1);

    /// <summary>Who follows is told that the feed is lost, rather than that nothing has ended, when it has not been read for so long.</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromSeconds(3);

    private volatile FeedWindow? window;
    private TaskCompletionSource changed = New();
    private long followedAt;

    protected override Task ExecuteAsync(CancellationToken stopping) =>
        options.Value.IntrospectionClients.Length > 0 ? WatchAsync(stopping) : Task.CompletedTask;

    private async Task WatchAsync(CancellationToken stopping)
    {
        var (known, isLost) = ((FeedWindow?)null, false);
        for (var read = Stopwatch.StartNew(); ; await Task.Delay(IsFollowed ? Often : Seldom, time, stopping))
        {
            try
            {
                known = await ReadOnAsync(known, stopping);
                Publish(known);
                isLost = false;
                read.Restart();
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                if (read.Elapsed > Lost && !isLost)
                {
                    LogFailed(DatabaseFailure.Reason(e));
                    Publish(null);
                    isLost = true;
                }
            }
        }
    }

    private bool IsFollowed => time.GetElapsedTime(Volatile.Read(ref followedAt)) < Lately;

    private async Task<FeedWindow> ReadOnAsync(FeedWindow? known, CancellationToken cancellation)
    {
        if (known is null)
        {
            var (origin, last) = await table.ReadStateAsync(cancellation);
            return new FeedWindow(origin, last, [], last);
        }
        await table.NumberAsync(cancellation);
        while (await table.ReadAsync(known.Last, cancellation) is { Length: > 0 } entries)
        {
            known = known.With(entries);
        }
        return known;
    }

    private void Publish(FeedWindow? read)
    {
        if (!ReferenceEquals(read, window))
        {
            window = read;
            Interlocked.Exchange(ref changed, New()).SetResult();
        }
    }

    /// <summary>What this process has read last.</summary>
    /// <exception cref="UnavailableException">it has not been read yet, or not lately</exception>
    public async Task<FeedWindow> CurrentAsync(CancellationToken cancellation)
    {
        var signal = Volatile.Read(ref changed).Task;
        if (window is { } read)
        {
            return read;
        }
        await signal.WaitAsync(Seldom, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return window ?? throw new UnavailableException(Seldom);
    }

    /// <summary>What comes after a window, or the same one when the time is over.</summary>
    /// <exception cref="UnavailableException">it cannot be read any more</exception>
    public async Task<FeedWindow> NextAsync(FeedWindow known, TimeSpan atMost, CancellationToken cancellation)
    {
        Volatile.Write(ref followedAt, time.GetTimestamp());
        var signal = Volatile.Read(ref changed).Task;
        if (ReferenceEquals(window, known))
        {
            await signal.WaitAsync(atMost, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return window ?? throw new UnavailableException(Seldom);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "Ended sessions cannot be read, and services that follow them are told so: {Reason}")]
    private partial void LogFailed(string reason);
}
