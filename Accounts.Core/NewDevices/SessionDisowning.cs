using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.ProgramTokens;
using Accounts.Core.Sessions;
using Accounts.Core.TrustedDevices;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.NewDevices;

/// <summary>A session that a mail tells of.</summary>
/// <param name="Device">as people call it</param>
/// <param name="Ip">at the sign-in</param>
/// <param name="At">when that was</param>
/// <param name="Ended">whether it is over already</param>
public sealed record DisownableSession(string Device, string Ip, DateTimeOffset At, bool Ended);

/// <summary>
/// "This was not me", by who reads the mail about a new device: it ends that session, the second factor is asked for everywhere, for whoever
/// signed in may have trusted the device, and personal tokens that were made since are good for nothing. It does no more.
/// </summary>
public sealed class SessionDisowning(AccountsDb db, MailedTokenStore tokens, SecurityLog events)
{
    /// <summary>Looks, which changes nothing.</summary>
    /// <exception cref="RefusedException">the token is not good</exception>
    public async Task<DisownableSession> LookAsync(string token, CancellationToken cancellation)
    {
        var found = await tokens.FindForDisowningAsync(token, cancellation);
        var (userId, sessionId) = Session(found);
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.UserId == userId && s.Id == sessionId, cancellation) ?? throw MailedTokenStore.Invalid();
        var open = await LiveSessionRule.Open(db).AnyAsync(s => s.UserId == userId && s.Id == sessionId, cancellation);
        return new DisownableSession(DeviceName.Of(session.UserAgent).ToString(), session.Ip, session.CreatedAt, !open);
    }

    /// <inheritdoc cref="LookAsync"/>
    public async Task EndAsync(string token, Device device, CancellationToken cancellation)
    {
        var found = await tokens.FindForDisowningAsync(token, cancellation);
        var (userId, sessionId) = Session(found);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAnyUserAsync(userId, cancellation);
        // Whoever signed in may have signed out meanwhile.
        await db.TrustNoDeviceAsync(userId, cancellation);
        await db.EndPersonalTokensSinceAsync(userId, sessionId, cancellation);
        if (await db.EndSessionAsync(userId, sessionId, SessionEnd.Disowned, cancellation))
        {
            await tokens.SpendAsync(found, cancellation);
            events.Add(SecurityEventKind.SessionDisowned, userId, sessionId, device);
            await db.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }

    private static (Guid UserId, Guid SessionId) Session(MailedToken token) => (token.UserId!.Value, token.SessionId!.Value);
}
