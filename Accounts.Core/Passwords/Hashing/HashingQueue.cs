namespace Accounts.Core.Passwords.Hashing;

/// <summary>
/// What waits for a thread: by rank, in a rank by arrival, which is fair by user, for each has one job here at most
/// (<see cref="UserTurns"/>). Who gives up is out at once.
/// </summary>
internal sealed class HashingQueue
{
    private readonly LinkedList<HashingJob>[] ranks = [.. Enum.GetValues<HashingRank>().Select(_ => new LinkedList<HashingJob>())];
    private readonly Lock gate = new();
    private readonly SemaphoreSlim announced = new(0);

    public int Count
    {
        get
        {
            lock (gate)
            {
                return ranks.Sum(rank => rank.Count);
            }
        }
    }

    /// <param name="rank">that it goes with</param>
    /// <param name="job">to be done</param>
    /// <param name="ahead">of all that came before it</param>
    public void Add(HashingRank rank, HashingJob job, bool ahead)
    {
        lock (gate)
        {
            _ = ahead ? ranks[(int)rank].AddFirst(job) : ranks[(int)rank].AddLast(job);
        }
        announced.Release();
    }

    /// <returns>false where it has begun</returns>
    public bool Remove(HashingJob job)
    {
        lock (gate)
        {
            return Array.Exists(ranks, rank => rank.Remove(job));
        }
    }

    /// <summary>Waits for the next.</summary>
    public HashingJob Take(CancellationToken stopping)
    {
        while (true)
        {
            announced.Wait(stopping);
            // None where the one that was announced has given up.
            if (First() is { } job)
            {
                return job;
            }
        }
    }

    private HashingJob? First()
    {
        lock (gate)
        {
            if (Array.Find(ranks, rank => rank.Count > 0) is not { First: { } first } rank)
            {
                return null;
            }
            rank.RemoveFirst();
            return first.Value;
        }
    }
}
