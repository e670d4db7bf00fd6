using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Passwords.Hashing;
using Accounts.Core.Secrets;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Passwords;

/// <summary>How many hashes of a kind are stored.</summary>
public sealed record HashShare(string Kind, long Count);

/// <summary>
/// The hashes that are tried for who has none. Stored hashes differ in what they cost, and a sign-in that always took as
/// long for nobody would show whose hash is of another kind. So an identifier of nobody's has a kind too, always the
/// same, and so many have each kind as users have.
/// </summary>
public sealed class PasswordDecoys
{
    private readonly byte[] key;
    private readonly Drawn[] usual;
    private volatile Drawn[] drawn;

    public PasswordDecoys(SecretKeys keys, IOptions<PasswordOptions> options)
    {
        key = keys.Current.Derive(SecretUse.PasswordDecoys);
        usual = [new Drawn(StoredHash.OfNobody(Kind(options.Value))!, 1)];
        drawn = usual;
    }

    /// <param name="Hash">of nobody</param>
    /// <param name="UpTo">the count of all that are of this kind or stand before it</param>
    private sealed record Drawn(string Hash, ulong UpTo);

    private static string Kind(PasswordOptions today) => today.UsesArgon2id ? Argon2Hash.Kind(today.MemoryKiB, today.Passes) : IdentityHash.Kind(today.Iterations);

    /// <summary>Draws in these shares from now on. Until the first time, and while nothing is stored, all are of the kind that new hashes have.</summary>
    public void Share(IEnumerable<HashShare> stored)
    {
        var shares = new List<Drawn>();
        // In one order, so that few change their kind when the shares do, and the same ones by every process.
        foreach (var (kind, count) in stored.OrderBy(share => share.Kind, StringComparer.Ordinal))
        {
            if (StoredHash.OfNobody(kind) is { } hash)
            {
                shares.Add(new Drawn(hash, (ulong)count + (shares.Count > 0 ? shares[^1].UpTo : 0)));
            }
        }
        drawn = shares.Count > 0 ? [.. shares] : usual;
    }

    /// <summary>What the identifier's password is compared with, and never is.</summary>
    public string For(string identifier)
    {
        var shares = drawn;
        var number = BinaryPrimitives.ReadUInt64BigEndian(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(identifier)));
        var place = Math.BigMul(number, shares[^1].UpTo, out _);
        return shares.First(share => place < share.UpTo).Hash;
    }
}
