using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SecondFactor.Changes;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.SecondFactor;

/// <summary>Removing a second factor of who is signed in. The user's row is locked meanwhile: of two removals at once one is the last.</summary>
public sealed class FactorRemoval(AccountsDb db, UserFactors factors, FactorChanges changes, SignInMethods methods, FactorRequirement requirement)
{
    /// <exception cref="NotFoundException">it is not one of this user's</exception>
    /// <exception cref="ConflictException">without it the user could not sign in any more, or would have no factor where one is required</exception>
    /// <exception cref="AuthenticationFailedException">the session has ended meanwhile</exception>
    public async Task<ChangedFactors> RemoveAsync(Guid id, LiveSession live, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(live.User.Id, live.SessionId, cancellation);
        var removed = await RemoveAsync(user, id, cancellation);
        var changed = await changes.RemovedAsync(new FactorAct(user, live.SessionId, device), removed, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return changed;
    }

    /// <summary>A passkey is a way in by itself; of who has none the codes of an app were of no use anyway.</summary>
    private async Task<RemovedFactor> RemoveAsync(User user, Guid id, CancellationToken cancellation)
    {
        var hadWayIn = (await methods.LeadingInAsync(user, cancellation)).Count > 0;
        var removed = await factors.RemoveAsync(user, id, cancellation) ?? throw new NotFoundException();
        if (hadWayIn && (await methods.LeadingInAsync(user, cancellation)).Count == 0)
        {
            throw new ConflictException(ErrorCode.LastSignInMethod);
        }
        return requirement.Holds(user.Roles) && !factors.HasAny(user) ? throw new ConflictException(ErrorCode.SecondFactorRequiredByPolicy) : removed;
    }
}
