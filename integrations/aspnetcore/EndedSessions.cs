using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Accounts.AspNetCore;

/// <summary>Learns from Accounts which sessions have ended, so that their tokens are refused before they are over; in memory until no such token lives.</summary>
public sealed class EndedSessions : BackgroundService
{
    private const int Wait = 15, Page = 1000;
    private const double LongestPause = 10;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> sessions = new();
    private readonly ConcurrentDictionary<string, (long Below, DateTimeOffset Until)> users = new();
    private readonly TaskCompletionSource tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AccountsServer server;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Task ready;
    private DateTimeOffset nextPurge;

    internal EndedSessions(AccountsServer server, TimeProvider time, ILogger<EndedSessions> logger)
    {
        (this.server, this.time, this.logger) = (server, time, logger);
        ready = server.Follows ? Task.WhenAny(tried.Task, Task.Delay(Second)) : Task.CompletedTask;
    }

    /// <summary>Whether what ends is known within a second or so. While it isn't, tokens are good until they are over.</summary>
    public bool Following { get; private set; }

    internal async Task<bool> HasAsync(ClaimsPrincipal user)
    {
        await ready;
        var version = long.Parse(user.FindFirstValue("ver") ?? "-1", CultureInfo.InvariantCulture);
        return sessions.ContainsKey(user.FindFirstValue("sid") ?? "") || (users.TryGetValue(user.FindFirstValue("user_id") ?? "", out var known) && version < known.Below);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (cursor, pause) = ("kept", 1.0);
        while (server.Follows && !stoppingToken.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            try
            {
                var told = await server.EndedAsync(cursor, Wait, stoppingToken);
                Take(told.Ended);
                (cursor, pause) = (told.Cursor, 1);
                if (told.Ended.Length >= Page)
                {
                    // There is more, which has ended as well.
                    continue;
                }
                Following = true;
                tried.TrySetResult();
                if (told.Ended.Length == 0 && time.GetElapsedTime(began) < Second)
                {
                    // Who doesn't wait is not asked all the time.
                    await Task.Delay(Second, time, stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                cursor = e is HttpRequestException { StatusCode: System.Net.HttpStatusCode.Gone } ? "kept" : cursor;
                if (Following || !tried.Task.IsCompleted)
                {
                    logger.LogWarning(e, "What ends at Accounts isn't known now, and tokens are good until they are over.");
                }
                Following = false;
                tried.TrySetResult();
                await Task.Delay(Second * (pause * (0.5 + (Random.Shared.NextDouble() / 2))), time, stoppingToken);
                pause = Math.Min(2 * pause, LongestPause);
            }
        }
    }

    private void Take(EndedSession[] entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Sid is not null)
            {
                sessions[entry.Sid] = entry.Until;
            }
            else
            {
                users.AddOrUpdate(entry.UserId!, (entry.Below, entry.Until), (_, known) =>
                    (Math.Max(known.Below, entry.Below), known.Until > entry.Until ? known.Until : entry.Until));
            }
        }
        var now = time.GetUtcNow();
        if (now >= nextPurge)
        {
            nextPurge = now + TimeSpan.FromMinutes(1);
            sessions.Where(one => one.Value <= now).ToList().ForEach(one => sessions.TryRemove(one));
            users.Where(one => one.Value.Until <= now).ToList().ForEach(one => users.TryRemove(one));
        }
    }
}

internal sealed record EndedAnswer([property: JsonRequired] EndedSession[] Ended, [property: JsonRequired] string Cursor);

internal sealed record EndedSession(string? Sid, string? UserId, long Below, DateTimeOffset Until);
