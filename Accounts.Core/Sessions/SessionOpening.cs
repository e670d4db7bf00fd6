using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Core.Sessions;

/// <summary>
/// Opens a session inside the caller's transaction, guarded: the user's row is updated first, and only as it was when
/// the user proved who they are. A reset, deactivation or deletion that came between makes the sign-in fail, and one
/// that comes later finds the session and ends it.
/// </summary>
public sealed class SessionOpening(AccountsDb db, SessionTokens tokens, IOptions<SessionOptions> options)
{
    /// <exception cref="AuthenticationFailedException">the user is no longer who was checked</exception>
    public async Task<(Session Session, IssuedTokens Tokens)> OpenAsync(
        User user, Device device, SessionKind kind, string[] amr, CancellationToken cancellation)
    {
        var now = await TouchUserAsync(user, cancellation) ?? throw AuthenticationFailedException.InvalidCredentials();
        var session = Session.Start(user.Id, device, kind, amr, now, out var secret);
        return (session, Add(session, secret, user));
    }

    /// <summary>In the place of one that has ended, and by the same sign-in. The caller holds the user's row.</summary>
    public async Task<IssuedTokens> ContinueAsync(User user, Session ended, Device device, CancellationToken cancellation)
    {
        var session = ended.Continue(device, await db.ReadClockAsync(cancellation), out var secret);
        return Add(session, secret, user);
    }

    private IssuedTokens Add(Session session, byte[] secret, User user)
    {
        db.Sessions.Add(session);
        return tokens.Issue(new RefreshToken(user.Id, session.Id, 0, secret), Fresh(session, user), session.Transport);
    }

    /// <summary>The database's time, by which the session starts; null when no such user is left.</summary>
    private async Task<DateTimeOffset?> TouchUserAsync(User user, CancellationToken cancellation)
    {
        var touched = await db.Database.SqlQueryRaw<DateTimeOffset>($"""
            UPDATE users u SET last_login = clock_timestamp()
            WHERE u.id = @id AND u.security_stamp = @stamp AND {LiveUser.Sql}
            RETURNING u.last_login AS "Value"
            """, new NpgsqlParameter("id", user.Id), new NpgsqlParameter("stamp", user.SecurityStamp)).ToListAsync(cancellation);
        return touched is [var now] ? now : null;
    }

    private RotatedSession Fresh(Session session, User user) => new(
        session.AuthTime, session.Amr, user.Roles, user.EmailConfirmed, session.Persistent, options.Value.AbsoluteLifetime);
}
