using Accounts.Core.Data;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social.Withdrawal;

/// <summary>An identity that is taken away at the provider.</summary>
/// <param name="Provider">whose word has been checked</param>
/// <param name="Issuer">of the identity, as it is stored</param>
/// <param name="Uid">the provider's id of the person</param>
/// <param name="At">when: a sign-in of after it is by a new consent</param>
public sealed record Withdrawn(string Provider, string Issuer, string Uid, DateTimeOffset At)
{
    /// <summary>Whether the account there is gone, so that nobody can ever sign in by it again.</summary>
    public bool IsFinal { get; init; }

    /// <summary>The domain of the addresses that the provider makes up and forwards, and forwards no longer; null where it makes up none.</summary>
    public string? RelayDomain { get; init; }
}

/// <summary>
/// What follows when the person has closed the account at the provider, or told it to stop signing them in here: the identity is disconnected, and
/// who was signed in by it alone is signed out. The account stays, and so does a way into it: where this identity is the only one, and the
/// address the provider's too, whose mail nobody gets any more, it stays connected.
/// </summary>
public sealed class SocialWithdrawal(AccountsDb db, SignInMethods methods, SocialNotice notice)
{
    /// <summary>The provider's clock, which counts in whole seconds, and the database's.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    /// <summary>Repeating it changes nothing.</summary>
    /// <param name="told">by the provider</param>
    /// <param name="usable">the providers that people can sign in with here</param>
    /// <param name="device">that it came from: the provider's</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task WithdrawAsync(Withdrawn told, string[] usable, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await Meant(told).Select(a => (Guid?)a.UserId).SingleOrDefaultAsync(cancellation) is not { } userId
            || await db.LockUserAsync(userId, cancellation) is not { } user
            || await Meant(told).SingleOrDefaultAsync(a => a.UserId == userId, cancellation) is not { } identity)
        {
            return;
        }
        var left = await methods.WithoutAsync(user, told.Provider, usable, cancellation);
        var isLast = left.Count == 0 && user.Address.Domain == told.RelayDomain;
        if (isLast)
        {
            identity.Withdraw(told.At);
            notice.Kept(user, identity, device);
        }
        else
        {
            db.SocialAccounts.Remove(identity);
            user.RemoveWay(told.Provider);
            await notice.WithdrawnAsync(user, identity, left, device, cancellation);
        }
        // Where nobody can ever sign in again, the sessions that are open are all that is left.
        if (!isLast || !told.IsFinal)
        {
            notice.Ended(user, await db.EndSessionsAsync(userId, told.Provider, SessionEnd.UserEnded, cancellation), device);
        }
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private IQueryable<SocialAccount> Meant(Withdrawn told)
    {
        var latest = told.At + ClockSkew;
        return db.SocialAccounts.Where(a => a.Provider == told.Provider && a.Issuer == told.Issuer && a.ProviderUid == told.Uid
            && (a.LastLogin ?? a.CreatedAt) <= latest && (a.WithdrawnAt == null || a.WithdrawnAt < told.At));
    }
}
