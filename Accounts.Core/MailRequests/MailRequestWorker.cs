using Accounts.Core.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.MailRequests;

/// <summary>
/// Works off the requests for mails, a few at once; any number of processes may. What fails is tried again: it stays where it is.
/// </summary>
public sealed partial class MailRequestWorker(
    MailRequestTurns turns, MailRequestBacklog backlog, IServiceScopeFactory scopes, ILogger<MailRequestWorker> log) : BackgroundService
{
    private const int Lanes = 4;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    private string? failing;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (!await TryTakeTurnsAsync(stopping))
            {
                await backlog.WaitAsync(PollInterval, stopping);
            }
        }
    }

    /// <returns>whether there may be more</returns>
    private async Task<bool> TryTakeTurnsAsync(CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var work = scope.ServiceProvider.GetRequiredService<MailRequestWork>();
            var keys = await turns.NextAsync(work.Purposes, stopping);
            var worked = 0;
            if (keys.Count > Lanes)
            {
                (keys, worked) = await work.DropUnknownAsync(keys, stopping);
            }
            await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = stopping }, async (key, cancellation) =>
            {
                if (await TryWorkAsync(key, cancellation))
                {
                    Interlocked.Increment(ref worked);
                }
            });
            return worked > 0;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            TellFailure(e);
            return false;
        }
    }

    private async Task<bool> TryWorkAsync(byte[] key, CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var worked = await scope.ServiceProvider.GetRequiredService<MailRequestWork>().WorkAsync(key, stopping);
            failing = null;
            return worked;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            TellFailure(e);
            return false;
        }
    }

    /// <summary>Once for each reason, not at each turn.</summary>
    private void TellFailure(Exception e)
    {
        var away = DatabaseFailure.Away(e);
        var reason = DatabaseFailure.Reason(away ?? e);
        if (Interlocked.Exchange(ref failing, reason) != reason)
        {
            LogFailed(away is null ? e : null, reason);
        }
    }

    [LoggerMessage(LogLevel.Error, "Requests for mails cannot be worked off at the moment, and wait: {Reason}")]
    private partial void LogFailed(Exception? exception, string reason);
}
