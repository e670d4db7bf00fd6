using Accounts.Core.Data;
using Accounts.Core.Sessions;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social;

/// <summary>An identity that is taken away at the provider.</summary>
/// <param name="Provider">whose word has been checked</param>
/// <param name="Issuer">of the identity, as it is stored</param>
/// <param name="Uid">the provider's id of the person</param>
/// <param name="At">when: a sign-in of after it is by a new consent</param>
public sealed record Withdrawn(string Provider, string Issuer, string Uid, DateTimeOffset At);

/// <summary>
/// What follows when the person has closed the account at the provider, or told it to stop signing them in here: the
/// identity is disconnected, be it the last way to sign in, and every session ends; the account and its address stay.
/// </summary>
public sealed class SocialWithdrawal(AccountsDb db, SocialNotice notice)
{
    /// <summary>The provider's clock, which counts in whole seconds, and the database's.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    /// <summary>Repeating it changes nothing.</summary>
    public async Task WithdrawAsync(Withdrawn told, Device device, CancellationToken cancellation)
    {
        var identity = db.SocialAccounts.Where(a => a.Provider == told.Provider && a.Issuer == told.Issuer && a.ProviderUid == told.Uid);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await identity.Select(a => (Guid?)a.UserId).SingleOrDefaultAsync(cancellation) is not { } userId
            || await db.LockUserAsync(userId, cancellation) is not { } user)
        {
            return;
        }
        var latest = told.At + ClockSkew;
        var withdrawn = await identity.AsNoTracking().SingleOrDefaultAsync(a => a.UserId == userId && (a.LastLogin ?? a.CreatedAt) <= latest, cancellation);
        if (withdrawn is not null && await identity.Where(a => a.UserId == userId && (a.LastLogin ?? a.CreatedAt) <= latest).ExecuteDeleteAsync(cancellation) == 1)
        {
            user.RemoveWay(told.Provider);
            await notice.DisconnectedAsync(user, withdrawn, device, cancellation);
            await db.EndAllSessionsAsync(user.Id, SessionEnd.UserEnded, cancellation);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }
}
