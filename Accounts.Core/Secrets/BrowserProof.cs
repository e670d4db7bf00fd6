using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Accounts.Core.Secrets;

/// <summary>
/// What a browser keeps to be recognised: that it registered a user, that the user signed in on it, or that it had codes mailed. Whom or
/// what it speaks of, a random name for the browser, expiry, and an HMAC of all under a key of its own per use.
/// </summary>
public sealed class BrowserProof(SecretKeys keys, TimeProvider time)
{
    private const int UserAt = 4, NameAt = 20, ExpiresAt = 36, MacAt = 44, Length = 76;

    public string Issue(SecretUse use, Guid userId, TimeSpan lifetime)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, keys.Current.Id);
        userId.TryWriteBytes(bytes[UserAt..], bigEndian: true, out _);
        RandomNumberGenerator.Fill(bytes[NameAt..ExpiresAt]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[ExpiresAt..], (time.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        HMACSHA256.HashData(keys.Current.Derive(use), bytes[..MacAt], bytes[MacAt..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The browser's name where the proof is good and speaks of this user; else null.</summary>
    public string? NameFor(SecretUse use, string? proof, Guid userId) => Read(use, proof) is { } read && read.UserId == userId ? read.Name : null;

    /// <summary>The same, whichever user it speaks of.</summary>
    public string? NameFor(SecretUse use, string? proof) => Read(use, proof)?.Name;

    /// <summary>Whom or what it speaks of; null where it is not good.</summary>
    public Guid? SubjectOf(SecretUse use, string? proof) => Read(use, proof)?.UserId;

    private (Guid UserId, string Name)? Read(SecretUse use, string? proof)
    {
        Span<byte> bytes = stackalloc byte[Length];
        // TryDecodeFromChars throws at what is no base64url.
        if (proof is null || Base64Url.DecodeFromChars(proof, bytes, out _, out var length) != OperationStatus.Done || length != Length || !IsAuthentic(use, bytes))
        {
            return null;
        }
        var good = BinaryPrimitives.ReadInt64BigEndian(bytes[ExpiresAt..]) > time.GetUtcNow().ToUnixTimeSeconds();
        return good ? (new Guid(bytes[UserAt..NameAt], bigEndian: true), Convert.ToHexString(bytes[NameAt..ExpiresAt])) : null;
    }

    private bool IsAuthentic(SecretUse use, ReadOnlySpan<byte> bytes)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return keys.Find(BinaryPrimitives.ReadUInt32LittleEndian(bytes)) is { } key
            && HMACSHA256.TryHashData(key.Derive(use), bytes[..MacAt], mac, out _)
            && CryptographicOperations.FixedTimeEquals(mac, bytes[MacAt..]);
    }
}
