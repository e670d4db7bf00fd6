namespace Accounts.Tests.Sessions;

/// <summary>What a refresh answered: whether it went well, and the generation of the token that was set, if one was.</summary>
public sealed record Refreshed(bool Success, long? Set);

/// <summary>
/// One cookie jar that tabs, a rendering server and a sleeping lid share, in a time of its own. A request takes the cookie when
/// it leaves, and its answer sets one when it arrives, both within the leeway; answers are lost, and the last to arrive wins.
/// </summary>
/// <param name="random">decides everything</param>
/// <param name="refresh">presents a generation's token, so long after the request before</param>
public sealed class HonestBrowser(Random random, Func<long, TimeSpan, Task<Refreshed>> refresh)
{
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    private const int Requests = 25;
    private const double LostShare = 0.25;

    private readonly PriorityQueue<Func<Task>, TimeSpan> coming = new();
    private TimeSpan now, lastArrival;
    private long jar;
    private string? refused;

    /// <returns>what was refused, null where nothing was</returns>
    public async Task<string?> RefusedAfterAsync()
    {
        for (var (sent, at) = (0, TimeSpan.Zero); sent < Requests; sent++, at += Pause())
        {
            coming.Enqueue(SendAsync, at);
        }
        while (refused is null && coming.TryDequeue(out var next, out now))
        {
            await next();
        }
        return refused;
    }

    /// <summary>Tabs that are restored, a page that is read, a night.</summary>
    private TimeSpan Pause() => random.Next(10) switch
    {
        < 4 => TimeSpan.FromSeconds(2 * random.NextDouble()),
        < 7 => TimeSpan.FromSeconds(20 + (20 * random.NextDouble())),
        < 9 => TimeSpan.FromMinutes(10),
        _ => TimeSpan.FromHours(9),
    };

    private Task SendAsync()
    {
        var (carried, roundTrip) = (jar, Leeway * 0.9 * random.NextDouble() * random.NextDouble());
        var there = roundTrip * random.NextDouble();
        coming.Enqueue(() => ArriveAsync(carried, roundTrip - there), now + there);
        return Task.CompletedTask;
    }

    private async Task ArriveAsync(long carried, TimeSpan back)
    {
        var answer = await refresh(carried, now - lastArrival);
        lastArrival = now;
        if (!answer.Success)
        {
            refused = $"generation {carried} after {now}";
        }
        else if (answer.Set is { } set && random.NextDouble() >= LostShare)
        {
            coming.Enqueue(() => SetAsync(set), now + back);
        }
    }

    private Task SetAsync(long generation)
    {
        jar = generation;
        return Task.CompletedTask;
    }
}
