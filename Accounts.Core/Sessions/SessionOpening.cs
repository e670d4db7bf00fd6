using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Sessions;

/// <summary>
/// Opens a session inside the caller's transaction, guarded: the user's row is updated first, and only as it was when
/// the user proved who they are. A reset, deactivation or deletion that came between makes the sign-in fail, and one
/// that comes later finds the session and ends it.
/// </summary>
public sealed class SessionOpening(AccountsDb db, SessionTokens tokens, IOptions<SessionOptions> options, SecurityLog events)
{
    private static readonly string Touch = $"""
        UPDATE users u SET last_login = clock_timestamp()
        WHERE u.id = @id AND u.security_stamp = @stamp AND {LiveUser.Sql}
        RETURNING u.last_login, u.sessions_epoch, CASE WHEN u.roles = @roles THEN u.version ELSE @version END, EXISTS (
          SELECT FROM sessions s WHERE s.user_id = u.id AND {LiveSessionRule.IsOpen} OFFSET {Session.MostOfOneUser / 2})
        """;

    /// <param name="user">who has proved it</param>
    /// <param name="device">from where</param>
    /// <param name="kind">of session</param>
    /// <param name="amr">by what</param>
    /// <param name="authTime">when; null for just now</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="AuthenticationFailedException">the user is no longer who was checked</exception>
    public async Task<(Session Session, IssuedTokens Tokens)> OpenAsync(
        User user, Device device, SessionKind kind, string[] amr, DateTimeOffset? authTime, CancellationToken cancellation)
    {
        var touched = await TouchUserAsync(user, cancellation) ?? throw AuthenticationFailedException.InvalidCredentials();
        foreach (var oldest in touched.HasMany ? await db.EndOldestSessionsAsync(user.Id, touched.Epoch, cancellation) : [])
        {
            events.Add(SecurityEventKind.OldestSessionEnded, user.Id, oldest, device);
        }
        var session = Session.Start(user.Id, device, kind, amr, touched.Epoch, touched.Now, out var secret);
        if (authTime < touched.Now)
        {
            session.RestOn(authTime.Value);
        }
        return (session, Add(session, secret, user, touched.Version));
    }

    /// <summary>In the place of one that has ended, and by the same sign-in. The caller holds the user's row.</summary>
    public async Task<(Session Session, IssuedTokens Tokens)> ContinueAsync(User user, Session ended, Device device, CancellationToken cancellation)
    {
        var now = await db.Users.Where(u => u.Id == user.Id).Select(u => new { u.SessionsEpoch, u.Version }).SingleAsync(cancellation);
        var session = ended.Continue(device, now.SessionsEpoch, await db.ReadClockAsync(cancellation), out var secret);
        events.AddRenewal(user.Id, session.Id, ended.Id, device);
        return (session, Add(session, secret, user, now.Version));
    }

    /// <summary>As <see cref="ContinueAsync"/>, for who has proved once more who they are.</summary>
    /// <param name="user">who has</param>
    /// <param name="ended">in whose place it is</param>
    /// <param name="device">from where</param>
    /// <param name="amr">by what</param>
    /// <param name="authTime">when</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task<IssuedTokens> RenewAsync(User user, Session ended, Device device, string[] amr, DateTimeOffset authTime, CancellationToken cancellation)
    {
        var session = ended.Renew(device, amr, ended.Epoch, await db.ReadClockAsync(cancellation), out var secret);
        if (authTime < session.AuthTime)
        {
            session.RestOn(authTime);
        }
        events.AddRenewal(user.Id, session.Id, ended.Id, device);
        return Add(session, secret, user, user.Version);
    }

    private IssuedTokens Add(Session session, byte[] secret, User user, long version)
    {
        db.Sessions.Add(session);
        return tokens.Begin(session, secret, Fresh(session, user, version));
    }

    /// <summary>Null when no such user is left.</summary>
    private async Task<Touched?> TouchUserAsync(User user, CancellationToken cancellation)
    {
        await using var command = db.Command(Touch);
        command.Parameters.AddWithValue("id", user.Id);
        command.Parameters.AddWithValue("stamp", user.SecurityStamp!);
        command.Parameters.AddWithValue("roles", user.Roles);
        command.Parameters.AddWithValue("version", user.Version);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new Touched(await row.GetFieldValueAsync<DateTimeOffset>(0, cancellation), row.GetInt64(1), row.GetInt64(2), row.GetBoolean(3))
            : null;
    }

    /// <summary>What a sign-in has to know of its user.</summary>
    /// <param name="Now">the database's time, by which the session starts</param>
    /// <param name="Version">the user's; of before, where the roles have changed since they were loaded</param>
    /// <param name="HasMany">so many sessions that it is worth a statement to count them: this one's snapshot may be of before the wait for the row</param>
    private sealed record Touched(DateTimeOffset Now, long Epoch, long Version, bool HasMany);

    private RotatedSession Fresh(Session session, User user, long version) => new(
        session.AuthTime, session.Amr, user.Roles, user.EmailConfirmed, session.Persistent, options.Value.AbsoluteLifetime, user.Extra, user.LegacyId, version);
}
