using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passkeys;

/// <summary>Removing a passkey of the user who is signed in; every other session ends.</summary>
public sealed class PasskeyRemoval(AccountsDb db, SignInMethods methods, PasskeyChange change)
{
    /// <returns>by what the device is known from now on, where it was; else null</returns>
    /// <exception cref="NotFoundException">the user has no such passkey</exception>
    /// <exception cref="ConflictException">without it they could not sign in any more</exception>
    public async Task<DeviceBond?> RemoveAsync(LiveSession live, Guid id, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(live.User.Id, live.SessionId, cancellation);
        var passkeys = await db.Passkeys.Where(p => p.UserId == user.Id).ToListAsync(cancellation);
        var passkey = passkeys.Find(p => p.Id == id) ?? throw new NotFoundException();
        if (passkeys.Count == 1 && !user.HasPassword && methods.ProvidersOf(user).Length == 0)
        {
            throw new ConflictException(ErrorCode.LastSignInMethod);
        }
        db.Passkeys.Remove(passkey);
        var bond = await change.RemovedAsync(user, passkey, isLast: passkeys.Count == 1, live, device, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return bond;
    }
}
