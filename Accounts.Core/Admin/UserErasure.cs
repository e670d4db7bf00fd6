using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Admin;

/// <summary>Has a user erased without a time in which they could be had back: once it is committed the erasure may come, and nothing undoes it.</summary>
public sealed class UserErasure(AccountsDb db, Revocation revocation)
{
    /// <exception cref="Failures.ConflictException">nobody would be left who administers</exception>
    public UserAct Begin() => new(SecurityEventKind.AccountErasureAsked, async (user, actor, cancellation) =>
    {
        await db.DemandMayEndAsync(user, actor.UserId, cancellation);
        await revocation.RevokeAsync(user, RevocationReason.Deleted, actor.Device, cancellation);
        await db.AccountChanges.EndAllAsync(user, cancellation);
        user.Thaw();
        user.Leave(await db.ReadClockAsync(cancellation), TimeSpan.Zero);
        user.Deactivate(reason: null, until: null);
        user.RaiseVersion();
    });
}
