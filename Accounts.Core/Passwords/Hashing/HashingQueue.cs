namespace Accounts.Core.Passwords.Hashing;

/// <summary>
/// What waits for a thread: by rank, in a rank by arrival, which is fair by user, for each has one job here at most
/// (<see cref="UserTurns"/>). Who gives up is out at once.
/// </summary>
/// <param name="most">that may wait; a quarter of it is kept from anybody, as places are</param>
internal sealed class HashingQueue(int most)
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
    /// <param name="ahead">of all that came before it, and however many they are</param>
    /// <returns>false where too many wait</returns>
    public bool TryAdd(HashingRank rank, HashingJob job, bool ahead)
    {
        lock (gate)
        {
            if (!ahead && ranks.Sum(one => one.Count) >= (rank == HashingRank.Anybody ? most - most / 4 : most))
            {
                return false;
            }
            _ = ahead ? ranks[(int)rank].AddFirst(job) : ranks[(int)rank].AddLast(job);
        }
        announced.Release();
        return true;
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
