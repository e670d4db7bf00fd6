using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Data;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.OldTokens;

/// <summary>
/// The session that an old token is given. Its secret is made of the token and a key of the server's, so that each of ten tabs which bring the token at
/// once can be told the same: neither who reads the database nor who has the token alone knows it.
/// </summary>
public sealed class OldTokenSessions(AccountsDb db, SecretKeys keys, SessionTokens tokens, RefreshTokenCodec codec, IOptions<SessionOptions> options)
{
    /// <param name="old">that is taken</param>
    /// <param name="transport">as it came</param>
    public SessionKind KindFor(OldToken old, SessionTransport transport) => new(Persistent: true, transport) { Secret = SecretOf(old) };

    private byte[] SecretOf(OldToken old) => HMACSHA256.HashData(keys.Current.Derive(SecretUse.OldTokens), Encoding.ASCII.GetBytes(old.Signed));

    /// <summary>Once more, with the refresh token that it has by now; null where it has ended, or the token came another way.</summary>
    public async Task<SwappedToken?> RepeatAsync(User user, Guid sessionId, OldToken old, SessionTransport transport, CancellationToken cancellation)
    {
        var secret = SecretOf(old);
        var hash = SHA256.HashData(secret);
        var session = await LiveSessionRule.Open(db).AsNoTracking().SingleOrDefaultAsync(
            s => s.UserId == user.Id && s.Id == sessionId && s.SecretHash == hash && s.Transport == transport, cancellation);
        if (session is null)
        {
            return null;
        }
        var left = session.CreatedAt + options.Value.AbsoluteLifetime - await db.ReadClockAsync(cancellation);
        var refresh = new RefreshToken(user.Id, session.Id, session.Generation, secret);
        return new SwappedToken(refresh, tokens.Issue(
            refresh, new RotatedSession(session.AuthTime, session.Amr, user.Roles, user.EmailConfirmed, session.Persistent, left, user.Extra, user.LegacyId, user.Version), transport));
    }

    /// <summary>What the door has opened.</summary>
    public SwappedToken Of(IssuedTokens issued) => new(codec.Read(issued.Kept), issued);
}

/// <summary>What is given for an old token.</summary>
public sealed record SwappedToken(RefreshToken Session, IssuedTokens Tokens);
