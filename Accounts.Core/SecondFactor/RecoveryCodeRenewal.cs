using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SecondFactor.Changes;
using Accounts.Core.Sessions;

namespace Accounts.Core.SecondFactor;

/// <summary>Ten new recovery codes for who is signed in; those of before are good for nothing.</summary>
public sealed class RecoveryCodeRenewal(AccountsDb db, FactorChanges changes)
{
    /// <exception cref="ConflictException">the user has no second factor</exception>
    /// <exception cref="AuthenticationFailedException">the session has ended meanwhile</exception>
    public async Task<ChangedFactors> RenewAsync(LiveSession live, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(live.User.Id, live.SessionId, cancellation);
        var changed = await changes.RenewCodesAsync(new FactorAct(user, live.SessionId, device), cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return changed;
    }
}
