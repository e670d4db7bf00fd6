using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Sessions;

/// <summary>A user who has just signed in.</summary>
public sealed record SignedIn(IssuedTokens Tokens, UserProfile User);

/// <summary>
/// Opens a session inside the caller's transaction, guarded: the user's row is updated first, and only as it was when
/// the user proved who they are. A reset, deactivation or deletion that came between makes the sign-in fail, and one
/// that comes later finds the session and ends it.
/// </summary>
public sealed class SessionOpening(AccountsDb db, SessionTokens tokens, IOptions<SessionOptions> options)
{
    /// <exception cref="AuthenticationFailedException">the user is no longer who was checked</exception>
    public async Task<(Session Session, SignedIn SignedIn)> OpenAsync(
        User user, Device device, SessionKind kind, string[] amr, CancellationToken cancellation)
    {
        var now = await TouchUserAsync(user, cancellation) ?? throw AuthenticationFailedException.InvalidCredentials();
        var session = Session.Start(user.Id, device, kind, amr, now, out var secret);
        return (session, await AddAsync(session, secret, user, cancellation));
    }

    /// <summary>For who stays signed in while all of their sessions end. The caller holds the user's row, and has ended the session.</summary>
    public async Task<SignedIn> ContinueAsync(User user, Session ended, Device device, CancellationToken cancellation)
    {
        var session = ended.Continue(device, await db.ReadClockAsync(cancellation), out var secret);
        return await AddAsync(session, secret, user, cancellation);
    }

    private async Task<SignedIn> AddAsync(Session session, byte[] secret, User user, CancellationToken cancellation)
    {
        db.Sessions.Add(session);
        var issued = tokens.Issue(new RefreshToken(user.Id, session.Id, 0, secret), Fresh(session, user), session.BodyMode);
        return new SignedIn(issued, UserProfile.Of(user, await ProvidersAsync(user.Id, cancellation)));
    }

    /// <summary>The database's time, by which the session starts; null when no such user is left.</summary>
    private async Task<DateTimeOffset?> TouchUserAsync(User user, CancellationToken cancellation)
    {
        var touched = await db.Database.SqlQuery<DateTimeOffset>($"""
            UPDATE users SET last_login = clock_timestamp()
            WHERE id = {user.Id} AND security_stamp = {user.SecurityStamp} AND is_active AND deleted_at IS NULL
            RETURNING last_login AS "Value"
            """).ToListAsync(cancellation);
        return touched is [var now] ? now : null;
    }

    private RotatedSession Fresh(Session session, User user) => new(
        session.AuthTime, session.Amr, user.Roles, user.EmailConfirmed, session.Persistent, options.Value.AbsoluteLifetime);

    private Task<string[]> ProvidersAsync(Guid userId, CancellationToken cancellation) => db.SocialAccounts
        .Where(a => a.UserId == userId).OrderBy(a => a.CreatedAt).Select(a => a.Provider).ToArrayAsync(cancellation);
}
