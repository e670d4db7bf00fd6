using System.Diagnostics;

namespace Accounts.Core.Tokens;

/// <summary>The signing keys that this process knows now: one that signs, and those whose signatures are trusted.</summary>
public sealed class SigningKeyRing
{
    /// <summary>Longer than a request may be at a key that it has found.</summary>
    private static readonly TimeSpan InUse = TimeSpan.FromMinutes(1);

    private sealed record Keys(SigningKey? Active, IReadOnlyDictionary<string, SigningKey> Trusted);

    private readonly Queue<(SigningKey Key, long Since)> gone = [];
    private volatile Keys keys = new(null, new Dictionary<string, SigningKey>());

    /// <exception cref="InvalidOperationException">before the keys have been loaded</exception>
    public SigningKey Active => keys.Active ?? throw new InvalidOperationException("The signing keys have not been loaded.");

    /// <summary>Announced, active and retained keys: what the JWKS publishes.</summary>
    public IEnumerable<SigningKey> Trusted => keys.Trusted.Values;

    public SigningKey? Find(string id) => keys.Trusted.GetValueOrDefault(id);

    public void Replace(SigningKey active, IEnumerable<SigningKey> trusted)
    {
        lock (gone)
        {
            var before = keys;
            keys = new Keys(active, trusted.ToDictionary(key => key.Id));
            foreach (var key in before.Trusted.Values.Where(key => Find(key.Id) != key))
            {
                gone.Enqueue((key, Stopwatch.GetTimestamp()));
            }
            while (gone.TryPeek(out var first) && Stopwatch.GetElapsedTime(first.Since) > InUse)
            {
                gone.Dequeue().Key.Dispose();
            }
        }
    }
}
