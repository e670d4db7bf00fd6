using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Accounts.Core.Failures;
using Accounts.Core.Secrets;

namespace Accounts.Core.Sessions;

/// <summary>
/// The refresh token's text: base64url of version (1), key id (4), user id (16), session id (16), generation (8),
/// session secret (32), HMAC-SHA256 of all before (32). Length, version and HMAC are checked before the database is
/// asked: garbage costs no query. The HMAC key alone forges nothing, for the secret is random per session.
/// </summary>
public sealed class RefreshTokenCodec(SecretKeys keys)
{
    private const byte Version = 1;
    private const int KeyIdAt = 1, UserAt = 5, SessionAt = 21, GenerationAt = 37, SecretAt = 45, MacAt = 77, Length = 109;
    private const int TextLength = (Length * 4 + 2) / 3;

    public string Write(RefreshToken token)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[KeyIdAt..], keys.Current.Id);
        token.UserId.TryWriteBytes(bytes[UserAt..], bigEndian: true, out _);
        token.SessionId.TryWriteBytes(bytes[SessionAt..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[GenerationAt..], token.Generation);
        token.Secret.CopyTo(bytes[SecretAt..]);
        HMACSHA256.HashData(keys.Current.Derive(SecretUse.RefreshTokens), bytes[..MacAt], bytes[MacAt..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="AuthenticationFailedException">it is missing, not ours, or made under a key that this server does not have</exception>
    public RefreshToken Read(string? text) => TryRead(text, out var token) is { } rejection
        ? throw AuthenticationFailedException.RefreshToken(rejection)
        : token!;

    /// <summary>Null, and the token, when it is authentic; else why it is not.</summary>
    public TokenRejection? TryRead(string? text, out RefreshToken? token)
    {
        token = null;
        if (string.IsNullOrEmpty(text))
        {
            return TokenRejection.Missing;
        }
        Span<byte> bytes = stackalloc byte[Length];
        // TryDecodeFromChars throws at what is no base64url.
        if (text.Length != TextLength || Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done || length != Length || bytes[0] != Version)
        {
            return TokenRejection.Invalid;
        }
        if (VerifyMac(bytes) is { } rejection)
        {
            return rejection;
        }
        token = new RefreshToken(
            new Guid(bytes[UserAt..SessionAt], bigEndian: true),
            new Guid(bytes[SessionAt..GenerationAt], bigEndian: true),
            BinaryPrimitives.ReadInt64BigEndian(bytes[GenerationAt..]),
            bytes[SecretAt..MacAt].ToArray());
        return null;
    }

    private TokenRejection? VerifyMac(ReadOnlySpan<byte> bytes)
    {
        if (keys.Find(BinaryPrimitives.ReadUInt32LittleEndian(bytes[KeyIdAt..])) is not { } key)
        {
            return TokenRejection.UnknownKey;
        }
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Derive(SecretUse.RefreshTokens), bytes[..MacAt], mac);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[MacAt..]) ? null : TokenRejection.Invalid;
    }
}
