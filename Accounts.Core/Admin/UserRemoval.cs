using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Deletion;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Admin;

/// <summary>Deletes a user: out at once, erased when a deletion of their own would be. Nobody has it back but by an administrator.</summary>
public sealed class UserRemoval(AccountsDb db, Revocation revocation, Departure departure)
{
    /// <exception cref="Failures.ConflictException">nobody would be left who administers</exception>
    /// <exception cref="Failures.PermissionDeniedException">the actor was unmade meanwhile</exception>
    public UserAct Begin() => new(SecurityEventKind.UserDeleted, async (user, actor, cancellation) =>
    {
        await db.DemandMayEndAsync(user, actor.UserId, cancellation);
        await revocation.RevokeAsync(user, RevocationReason.Deleted, actor.Device, cancellation);
        await departure.RemoveAsync(user, cancellation);
        user.RaiseVersion();
    });
}
