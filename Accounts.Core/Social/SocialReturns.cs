using Accounts.Core.Data;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social;

/// <summary>Where a browser goes that comes back from a provider once more.</summary>
/// <param name="SignedIn">whether it has the session still that the first time opened</param>
public sealed record SocialReturn(string Next, bool SignedIn);

/// <summary>
/// Knows a browser again that loads the address of its callback a second time (reload, Back): the state is spent, and its row stays until it
/// expires. Opens and spends nothing.
/// </summary>
public sealed class SocialReturns(AccountsDb db, SessionRecognition recognition)
{
    /// <summary>Null where the state is nobody's, too old, not spent, or another browser's or provider's.</summary>
    public async Task<SocialReturn?> FindAsync(PresentedSocialState presented, SessionCredential[] brought, CancellationToken cancellation)
    {
        var (hash, browser) = (OpaqueToken.Hash(presented.State), presented.BrowserHashes);
        var trip = await db.SocialStates.AsNoTracking()
            .Where(s => s.Hash == hash && s.Provider == presented.Provider && presented.Modes.Contains(s.Mode) && s.BrowserHash != null && browser.Contains(s.BrowserHash))
            .Where(s => s.UsedAt != null && s.ExpiresAt > AccountsDb.ClockTimestamp() && s.Next != null)
            .Select(s => new { s.Next, s.UsedAt }).SingleOrDefaultAsync(cancellation);
        return trip is null ? null : new SocialReturn(trip.Next!, await IsOpenAsync(brought, trip.UsedAt!.Value, cancellation));
    }

    /// <summary>A session of before has nothing to do with it.</summary>
    private async Task<bool> IsOpenAsync(SessionCredential[] all, DateTimeOffset since, CancellationToken cancellation)
    {
        foreach (var brought in all)
        {
            if (await db.Sessions.AnyAsync(s => s.UserId == brought.UserId && s.Id == brought.SessionId && s.CreatedAt >= since, cancellation)
                && await recognition.UserOfAsync(brought, cancellation) is not null)
            {
                return true;
            }
        }
        return false;
    }
}
