namespace Accounts.Core.Throttling;

/// <summary>
/// So many in a window, from the first of them on, for each of any number of clients, in memory that has an end and that nothing has to
/// tidy. Where more are at it than there is room for, who asked least is forgotten, so that nobody is refused for others: a flood
/// that would make itself forgotten needs more networks than there are places, and has a budget for each of them anyway.
/// </summary>
public sealed class WindowTable(TimeSpan window, TimeProvider time)
{
    public const int Places = Sets * Ways;

    private const int Sets = 8192, Ways = 8, Locks = 256;

    /// <summary>Each made when somebody first falls into it: a server that few ask takes no memory for many.</summary>
    private readonly Entry[]?[] sets = new Entry[Sets][];

    private readonly Lock[] locks = [.. Enumerable.Range(0, Locks).Select(_ => new Lock())];
    private readonly long length = (long)(window.TotalSeconds * time.TimestampFrequency);

    /// <summary>Null where there was room, and it is counted; else how long there is none.</summary>
    public TimeSpan? Count(UInt128 client, int limit)
    {
        // The hash has a seed of this process: nobody can choose whose neighbour they are.
        var set = (int)((uint)client.GetHashCode() % Sets);
        lock (locks[set % Locks])
        {
            var now = time.GetTimestamp();
            ref var entry = ref Find(sets[set] ??= new Entry[Ways], client, now);
            if (entry.Client != client || entry.EndsAt <= now)
            {
                entry = new Entry { Client = client, EndsAt = now + length };
            }
            if (entry.Count >= limit)
            {
                return time.GetElapsedTime(now, entry.EndsAt);
            }
            entry.Count++;
            return null;
        }
    }

    /// <summary>The client's own place; else one whose window is over, or of who asked least.</summary>
    private static ref Entry Find(Entry[] set, UInt128 client, long now)
    {
        var least = 0;
        for (var i = 0; i < set.Length; i++)
        {
            if (set[i].Client == client)
            {
                return ref set[i];
            }
            if (set[i].Weight(now) < set[least].Weight(now))
            {
                least = i;
            }
        }
        return ref set[least];
    }

    private struct Entry
    {
        public UInt128 Client;
        public long EndsAt;
        public int Count;

        public readonly int Weight(long now) => EndsAt <= now ? 0 : Count;
    }
}
