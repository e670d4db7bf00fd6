using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Accounts.Core.Tokens;

namespace Accounts.Core.Users;

/// <summary>
/// What the browser that registered keeps, to be recognised when the verification link is opened in it: user id,
/// expiry, and an HMAC of both under the server's key.
/// </summary>
public sealed class RegistrationProof(SecretKeys keys, TimeProvider time)
{
    private const int KeyIdAt = 0, UserAt = 4, ExpiresAt = 20, MacAt = 28, Length = 60;

    public string Issue(Guid userId)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[KeyIdAt..], keys.Current.Id);
        userId.TryWriteBytes(bytes[UserAt..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[ExpiresAt..], (time.GetUtcNow() + EmailVerificationToken.VerifyLifetime).ToUnixTimeSeconds());
        Mac(keys.Current, bytes[..MacAt], bytes[MacAt..]);
        return Base64Url.EncodeToString(bytes);
    }

    public bool Shows(string? proof, Guid userId)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (proof is null || !Base64Url.TryDecodeFromChars(proof, bytes, out var length) || length != Length)
        {
            return false;
        }
        Span<byte> mac = stackalloc byte[Length - MacAt];
        return keys.Find(BinaryPrimitives.ReadUInt32LittleEndian(bytes)) is { } key
            && Mac(key, bytes[..MacAt], mac) && CryptographicOperations.FixedTimeEquals(mac, bytes[MacAt..])
            && new Guid(bytes[UserAt..ExpiresAt], bigEndian: true) == userId
            && BinaryPrimitives.ReadInt64BigEndian(bytes[ExpiresAt..]) > time.GetUtcNow().ToUnixTimeSeconds();
    }

    private static bool Mac(SecretKey key, ReadOnlySpan<byte> data, Span<byte> mac) =>
        HMACSHA256.TryHashData(key.Derive(SecretUse.RegistrationCookies), data, mac, out _);
}
