using Accounts.Core.Failures;
using Accounts.Core.Secrets;

namespace Accounts.Core.Sessions;

/// <summary>
/// The session token's text: <c>acc_ses_</c>, and base64url of key id (4), user id (16), session id (16), session secret (32) and an HMAC-SHA256 of
/// all before (32), under a key that refresh tokens do not share: neither is ever taken for the other. Garbage costs no query.
/// </summary>
public sealed class SessionTokenCodec(SecretKeys keys)
{
    private const string Prefix = "acc_ses_";
    private const int SessionAt = 16, SecretAt = 32, Length = SecretAt + SessionCredential.SecretLength;

    private static readonly int TextLength = Prefix.Length + AuthenticText.LengthOf(Length);

    /// <summary>Whether it says that it is one.</summary>
    public static bool IsOne(ReadOnlySpan<char> text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    public string Write(SessionToken token)
    {
        Span<byte> content = stackalloc byte[Length];
        token.UserId.TryWriteBytes(content, bigEndian: true, out _);
        token.SessionId.TryWriteBytes(content[SessionAt..], bigEndian: true, out _);
        token.Secret.CopyTo(content[SecretAt..]);
        return Prefix + keys.Write(SecretUse.SessionTokens, content);
    }

    /// <summary>Null, and the token, when it is authentic; else why it is not.</summary>
    public TokenRejection? TryRead(string? text, out SessionToken? token)
    {
        token = null;
        if (string.IsNullOrEmpty(text))
        {
            return TokenRejection.Missing;
        }
        if (text.Length != TextLength || !IsOne(text))
        {
            return TokenRejection.Invalid;
        }
        Span<byte> content = stackalloc byte[Length];
        if (keys.Judge(SecretUse.SessionTokens, text.AsSpan(Prefix.Length), content) is { } rejection)
        {
            return rejection;
        }
        token = new SessionToken(
            new Guid(content[..SessionAt], bigEndian: true), new Guid(content[SessionAt..SecretAt], bigEndian: true), content[SecretAt..].ToArray());
        return null;
    }
}
