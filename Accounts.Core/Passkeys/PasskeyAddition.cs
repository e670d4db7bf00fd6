using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SecondFactor;
using Accounts.Core.SecondFactor.Changes;
using Accounts.Core.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passkeys;

/// <summary>A passkey that has been added.</summary>
/// <param name="Passkey">as its user sees it</param>
/// <param name="Changed">what has become of it</param>
public sealed record AddedPasskey(ListedFactor Passkey, ChangedFactors Changed);

/// <summary>Adding a passkey to the user who is signed in; every other session ends.</summary>
public sealed class PasskeyAddition(AccountsDb db, PasskeyEnrolment enrolment, FactorChanges changes)
{
    /// <param name="made">by an authenticator, and checked</param>
    /// <param name="name">what the user calls it; empty for the name of the authenticator's model</param>
    /// <param name="live">who is signed in</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="PermissionDeniedException">the address is not verified</exception>
    /// <exception cref="ConflictException">they have as many as one may have</exception>
    /// <exception cref="RefusedException">somebody has it already</exception>
    public async Task<AddedPasskey> AddAsync(NewPasskey made, string name, LiveSession live, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(live.User.Id, live.SessionId, cancellation);
        await enrolment.DemandAsync(user, cancellation);
        var passkey = Passkey.Of(made, user.Id, name.Length > 0 ? name : AuthenticatorNames.Of(made.Aaguid), await db.ReadClockAsync(cancellation));
        db.Passkeys.Add(passkey);
        var listed = PasskeyKind.Listed(passkey);
        var changed = await changes.AddedAsync(new FactorAct(user, live.SessionId, device), Passkey.Way, listed, cancellation);
        await SaveAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new AddedPasskey(listed, changed);
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.IsTaken(out _))
        {
            throw new RefusedException(ErrorCode.InvalidPasskey);
        }
    }
}
