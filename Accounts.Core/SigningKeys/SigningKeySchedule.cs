namespace Accounts.Core.SigningKeys;

/// <summary>What each of the signing keys is at a moment, which follows from their times alone.</summary>
/// <param name="keys">those that are not revoked, oldest first</param>
/// <param name="retention">how long what a key has signed may still be good, once the next one signs</param>
internal sealed class SigningKeySchedule(IReadOnlyList<StoredSigningKey> keys, DateTimeOffset now, TimeSpan retention)
{
    private static readonly TimeSpan RememberedFor = TimeSpan.FromDays(1);

    public SigningKeyState this[StoredSigningKey key]
    {
        get
        {
            if (key.ActiveFrom > now)
            {
                return SigningKeyState.Announced;
            }
            if (Successor(key) is not { } successor)
            {
                return SigningKeyState.Active;
            }
            return successor.ActiveFrom + retention > now ? SigningKeyState.Retained : SigningKeyState.Gone;
        }
    }

    /// <summary>Null where none has begun yet.</summary>
    public StoredSigningKey? Active => keys.FirstOrDefault(key => this[key] == SigningKeyState.Active);

    public IEnumerable<StoredSigningKey> Trusted => keys.Where(key => this[key] != SigningKeyState.Gone);

    /// <summary>Gone for a day: a clock that was ahead for a while takes no key with it that is good once it is right again.</summary>
    public IEnumerable<StoredSigningKey> Forgotten => keys.Where(key => Successor(key) is { } successor && successor.ActiveFrom + retention + RememberedFor <= now);

    private StoredSigningKey? Successor(StoredSigningKey key) =>
        keys.FirstOrDefault(other => other.ActiveFrom > key.ActiveFrom && other.ActiveFrom <= now);
}
