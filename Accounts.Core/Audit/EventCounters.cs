using System.Collections.Concurrent;

namespace Accounts.Core.Audit;

/// <summary>
/// What an attacker causes as often as he likes, and is counted: a row a minute for one kind and user. It is kept here for a second, for known and
/// unknown names alike: a row that every guess changes would make strangers wait for each other, and of two kinds of guesses one would be slower.
/// What a killed process had counted in that second is lost; the budgets of guesses are not here.
/// </summary>
public sealed class EventCounters(TimeProvider time)
{
    private const int Most = 10_000;

    private ConcurrentDictionary<Guid, Counted> counted = new();

    private sealed class Counted(SecurityEvent first)
    {
        private int count;

        public SecurityEvent First => first;

        public int Count => Volatile.Read(ref count);

        public void Add(int more) => Interlocked.Add(ref count, more);
    }

    /// <summary>While the database is away and too many wait, those of others are counted on alone.</summary>
    public void Count(SecurityEventKind kind, Guid userId, Device device, int times = 1) =>
        Add(SecurityEvent.OfMinute(kind, userId, device, time.GetUtcNow()), times);

    private void Add(SecurityEvent entry, int times)
    {
        var now = counted;
        if (now.Count < Most || now.ContainsKey(entry.Id))
        {
            now.GetOrAdd(entry.Id, _ => new Counted(entry)).Add(times);
        }
    }

    /// <summary>All that has been counted, which is not counted here any more; in the order of their ids, in which every process writes them.</summary>
    public List<(SecurityEvent Event, int Count)> Take()
    {
        var taken = Interlocked.Exchange(ref counted, new ConcurrentDictionary<Guid, Counted>());
        return [.. taken.Values.OrderBy(entry => entry.First.Id).Select(entry => (entry.First, entry.Count))];
    }

    /// <summary>What could not be written, for the next time.</summary>
    public void PutBack(List<(SecurityEvent Event, int Count)> unwritten) => unwritten.ForEach(entry => Add(entry.Event, entry.Count));
}
