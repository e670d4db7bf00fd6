using System.Security.Cryptography;
using Accounts.Core.Failures;
using Accounts.Core.Secrets;
using Accounts.Core.Tokens;

namespace Accounts.Core.SigningKeys;

/// <summary>Makes and opens stored signing keys, and hands them to this process's ring.</summary>
public sealed class SigningKeyVault(SecretBox box, SigningKeyRing ring)
{
    public StoredSigningKey Make(DateTimeOffset now, DateTimeOffset activeFrom) => StoredSigningKey.Store(SigningKey.Create(), box, now, activeFrom);

    /// <summary>Whether none of them lies under a previous secret key.</summary>
    public bool AreKept(List<StoredSigningKey> keys) => keys.TrueForAll(key => key.IsKeptUnder(box));

    /// <exception cref="StartupException">a stored key that no listed secret opens</exception>
    public Dictionary<string, SigningKey> Open(List<StoredSigningKey> keys)
    {
        var opened = new Dictionary<string, SigningKey>();
        foreach (var key in keys)
        {
            try
            {
                opened[key.Id] = ring.Find(key.Id) ?? key.Open(box);
            }
            catch (CryptographicException)
            {
                throw new StartupException(
                    $"The signing key {key.Id} in the database was stored under another secret key: add that key to Accounts__PreviousSecretKeys, or set Accounts__SecretKey to it.");
            }
            key.KeepUnder(box, opened[key.Id]);
        }
        return opened;
    }

    /// <summary>Those that are not kept yet, and none twice.</summary>
    /// <param name="opened">the keys</param>
    /// <param name="kept">public halves; the current secret key vouches for them then</param>
    public IEnumerable<PublicSigningKey> PublicHalves(Dictionary<string, SigningKey> opened, List<PublicSigningKey> kept)
    {
        kept.ForEach(half => half.KeepUnder(box));
        return opened.Values.ExceptBy(kept.Select(half => half.Id), key => key.Id).Select(key => PublicSigningKey.Of(key, box));
    }

    internal void Publish(Dictionary<string, SigningKey> opened, SigningKeySchedule schedule) =>
        ring.Replace(opened[schedule.Active!.Id], schedule.Trusted.Select(key => opened[key.Id]));
}
