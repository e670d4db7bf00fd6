using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn.FactorResets;
using Accounts.Core.Users;

namespace Accounts.Core.Admin;

/// <summary>Keeps a user out, for good or for a time, and lets them in again.</summary>
public sealed class UserSuspension(AccountsDb db, SecurityLog events)
{
    /// <summary>In again, whoever kept them out: an administrator, their own deletion, a freeze.</summary>
    public static UserAct End { get; } = new(SecurityEventKind.UserActivated, (user, _, _) =>
    {
        user.Activate();
        return Task.CompletedTask;
    });

    /// <summary>Out at once, on every node. With an end they are in again by themselves, as who they were, but for their sessions.</summary>
    /// <param name="reason">null for none</param>
    /// <param name="until">null for no end</param>
    /// <exception cref="Failures.ConflictException">nobody would be left who administers</exception>
    /// <exception cref="Failures.PermissionDeniedException">the actor was unmade meanwhile</exception>
    public UserAct Begin(string? reason, DateTimeOffset? until) => new(SecurityEventKind.UserDeactivated, async (user, actor, cancellation) =>
    {
        await db.DemandMayEndAsync(user, actor.UserId, cancellation);
        user.Deactivate(reason, until);
        if (await db.EndFactorResetAsync(user.Id, cancellation))
        {
            // Who is kept out could use no factor before it is due.
            events.Add(SecurityEventKind.UserFactorResetCancelled, user.Id, null, Device.Nobody);
        }
        await db.EndAllSessionsAsync(user.Id, SessionEnd.Administrator, cancellation);
        user.RaiseVersion();
    });
}
