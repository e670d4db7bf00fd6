using System.Collections.Concurrent;
using Accounts.Core.Failures;

namespace Accounts.Api.EndedSessions;

/// <summary>How many requests of one client may hang at this process at once: each is a connection and some memory.</summary>
public sealed class FollowerLimit
{
    /// <summary>A service with a hundred processes, each of which follows, has room.</summary>
    public const int Most = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Hanging> counts = new();

    private sealed class Hanging
    {
        public int Count;
    }

    private sealed class Place(Hanging box) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref box.Count);
    }

    /// <param name="client">one that is listed</param>
    /// <returns>to be disposed with the answer</returns>
    /// <exception cref="ThrottledException">as many hang already</exception>
    public IDisposable Enter(string client)
    {
        var box = counts.GetOrAdd(client, _ => new Hanging());
        if (Interlocked.Increment(ref box.Count) > Most)
        {
            Interlocked.Decrement(ref box.Count);
            throw new ThrottledException(Pause);
        }
        return new Place(box);
    }
}
