using Accounts.Core.Tokens;
using Accounts.Core.Users;
using Accounts.Core.Users.Extra;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Sessions;

/// <summary>The tokens that a sign-in or a refresh hands out.</summary>
/// <param name="Access">the access token; null in session mode, which has none</param>
/// <param name="Kept">the text of what the client keeps: the refresh token, in session mode the session token</param>
/// <param name="IsNew">whether it is another than the one that was presented; an answer that repeats that one sets no cookie</param>
/// <param name="KeptFor">what is left of the absolute lifetime; null for a cookie that goes with the browser</param>
public sealed record IssuedTokens(string? Access, TimeSpan AccessLifetime, string Kept, bool IsNew, TimeSpan? KeptFor, SessionTransport Transport)
{
    public override string ToString() => nameof(IssuedTokens);
}

/// <summary>An access token by itself.</summary>
public sealed record AccessToken(string Text, TimeSpan Lifetime)
{
    public override string ToString() => nameof(AccessToken);
}

/// <summary>Makes both tokens of a session, or the one that it has in session mode.</summary>
public sealed class SessionTokens(
    AccessTokenSigner signer, RefreshTokenCodec codec, SessionTokenCodec sessionCodec, ExtraFields extra, IOptions<SessionOptions> options)
{
    /// <summary>Of a session that has just begun.</summary>
    public IssuedTokens Begin(Session session, byte[] secret, RotatedSession rotated) => session.Transport.IsSessionMode()
        ? new IssuedTokens(
            null, TimeSpan.Zero, sessionCodec.Write(new SessionToken(session.UserId, session.Id, secret)), IsNew: true, rotated.Persistent ? rotated.AbsoluteLeft : null, session.Transport)
        : Issue(new RefreshToken(session.UserId, session.Id, 0, secret), rotated, session.Transport);

    public IssuedTokens Issue(RefreshToken refresh, RotatedSession session, SessionTransport transport) => Make(refresh, isNew: true, session, transport);

    /// <summary>A fresh access token, and the refresh token that was presented once more.</summary>
    public IssuedTokens Repeat(RefreshToken presented, RotatedSession session, SessionTransport transport) => Make(presented, isNew: false, session, transport);

    /// <summary>For who has just proved once more who they are: the session, and what it is refreshed to, stay as they were.</summary>
    /// <param name="live">of the request</param>
    /// <param name="user">whose it is, as they are now</param>
    /// <param name="amr">by what it was proved</param>
    /// <param name="authTime">when</param>
    public AccessToken Prove(LiveSession live, User user, string[] amr, DateTimeOffset authTime)
    {
        var subject = new AccessTokenSubject(user.Id, live.SessionId, authTime, amr, user.Roles, user.EmailConfirmed)
        {
            Version = user.Version, Profile = extra.InToken(user.Extra), LegacyId = user.LegacyId,
        };
        return new AccessToken(signer.Sign(subject, options.Value.AccessTokenLifetime), options.Value.AccessTokenLifetime);
    }

    private IssuedTokens Make(RefreshToken refresh, bool isNew, RotatedSession session, SessionTransport transport)
    {
        var subject = new AccessTokenSubject(
            refresh.UserId, refresh.SessionId, session.AuthTime, session.Amr, session.Roles, session.EmailVerified)
        {
            Version = session.Version, Profile = extra.InToken(session.Extra), LegacyId = session.LegacyId,
        };
        var lifetime = options.Value.AccessTokenLifetime;
        return new IssuedTokens(
            signer.Sign(subject, lifetime), lifetime, codec.Write(refresh), isNew, session.Persistent ? session.AbsoluteLeft : null, transport);
    }
}
