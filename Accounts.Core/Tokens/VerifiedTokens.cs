using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core.Tokens;

/// <summary>
/// Remembers which access tokens have been found authentic, by the hash of the whole token, so that a signature is
/// checked once and not on every request. Only success is remembered, and only what a signature proves: expiry, key and
/// session are looked at every time. Bounded by two halves: when one is full it becomes the old one, and what is still in use moves over.
/// </summary>
public sealed class VerifiedTokens(int capacity)
{
    private volatile Half young = new();
    private volatile Half old = new();

    /// <summary>Counts by itself what is in it: a concurrent dictionary takes all of its locks to tell.</summary>
    private sealed class Half : ConcurrentDictionary<TokenHash, Entry>
    {
        private int added;

        public int Add(TokenHash token, Entry entry) => TryAdd(token, entry) ? Interlocked.Increment(ref added) : 0;
    }

    public readonly record struct Entry(AccessTokenClaims Claims, string KeyId);

    /// <summary>The hash of a whole token.</summary>
    public readonly record struct TokenHash(Int128 High, Int128 Low)
    {
        public static TokenHash Of(ReadOnlySpan<char> token)
        {
            Span<byte> utf8 = stackalloc byte[token.Length];
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(utf8[..Encoding.Latin1.GetBytes(token, utf8)], hash);
            return new TokenHash(System.Buffers.Binary.BinaryPrimitives.ReadInt128BigEndian(hash), System.Buffers.Binary.BinaryPrimitives.ReadInt128BigEndian(hash[16..]));
        }
    }

    public bool TryGet(TokenHash token, out Entry entry)
    {
        if (young.TryGetValue(token, out entry))
        {
            return true;
        }
        if (!old.TryGetValue(token, out entry))
        {
            return false;
        }
        Add(token, entry);
        return true;
    }

    public void Add(TokenHash token, Entry entry)
    {
        var half = young;
        // One thread alone adds the one that fills it.
        if (half.Add(token, entry) == capacity / 2)
        {
            old = half;
            young = new Half();
        }
    }
}
