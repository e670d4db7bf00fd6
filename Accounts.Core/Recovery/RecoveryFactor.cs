using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Recovery;

/// <summary>
/// The second factor of an account that is had back. Where there was one before, whoever has it back proves it. One that was added since, or in
/// the days before, goes without being proved, but not before a day is over: who reads somebody's mail must not take a new factor of its owner's away in a minute.
/// </summary>
public sealed class RecoveryFactor(AccountsDb db, SignInMethods methods, FactorChecks checks)
{
    public static readonly TimeSpan Wait = TimeSpan.FromHours(24);

    /// <summary>Looked at before anything is undone.</summary>
    /// <returns>how long yet a factor stays that goes with the frozen change; null where none does</returns>
    public async Task<TimeSpan?> LeftAsync(User user, CancellationToken cancellation)
    {
        var frozen = await db.AccountChanges.AsNoTracking().Open()
            .Where(c => c.UserId == user.Id && c.FrozenAt != null && c.VoidAt == null).OrderBy(c => c.At).FirstOrDefaultAsync(cancellation);
        return frozen is not null && await TakesFactorAsync(frozen, cancellation)
            ? frozen.FrozenAt + Wait - await db.ReadClockAsync(cancellation)
            : null;
    }

    /// <summary>One of the days before goes as well, for it gives a way in.</summary>
    private async Task<bool> TakesFactorAsync(AccountChange frozen, CancellationToken cancellation) =>
        await db.AccountChanges.Since(frozen).AnyAsync(c => c.Kind == SecurityEventKind.FactorAdded, cancellation)
        || await db.AccountChanges.GivingWaysBefore(frozen, [SecurityEventKind.FactorAdded]).AnyAsync(cancellation);

    /// <summary>When all is undone, and nothing is committed.</summary>
    /// <param name="user">as they were before the change</param>
    /// <param name="left">what <see cref="LeftAsync"/> has told</param>
    /// <param name="given">a factor of theirs; null for none</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="SecondFactorRequiredException">there was a factor, and none came along</exception>
    /// <exception cref="AuthenticationFailedException">it is none of theirs</exception>
    /// <exception cref="ThrottledException">too many codes have failed before</exception>
    /// <exception cref="RecoveryWaitsException">the only factor was added since, and a day is not over</exception>
    public async Task DemandAsync(User user, TimeSpan? left, FactorProof? given, Device device, CancellationToken cancellation)
    {
        if (methods.FactorsOf(user.Ways) is [_, ..] factors)
        {
            await checks.DemandAsync(user, given ?? throw new SecondFactorRequiredException(factors), device, cancellation);
        }
        else if (left > TimeSpan.Zero)
        {
            throw new RecoveryWaitsException(left.Value);
        }
    }
}
