namespace Accounts.Core.Tokens;

/// <summary>The signing keys that this process knows now: one that signs, and those whose signatures are trusted.</summary>
public sealed class SigningKeyRing
{
    private sealed record Keys(SigningKey? Active, IReadOnlyDictionary<string, SigningKey> Trusted);

    private volatile Keys keys = new(null, new Dictionary<string, SigningKey>());

    /// <exception cref="InvalidOperationException">before the keys have been loaded</exception>
    public SigningKey Active => keys.Active ?? throw new InvalidOperationException("The signing keys have not been loaded.");

    /// <summary>Announced, active and retained keys: what the JWKS publishes.</summary>
    public IEnumerable<SigningKey> Trusted => keys.Trusted.Values;

    public SigningKey? Find(string id) => keys.Trusted.GetValueOrDefault(id);

    public void Replace(SigningKey active, IEnumerable<SigningKey> trusted) =>
        keys = new Keys(active, trusted.ToDictionary(key => key.Id));
}
