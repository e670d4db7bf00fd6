using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SecondFactor;
using Accounts.Core.SecondFactor.Changes;
using Accounts.Core.SecondFactor.Enrolment;
using Accounts.Core.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passkeys;

/// <summary>A passkey that has been added.</summary>
/// <param name="Passkey">as its user sees it</param>
/// <param name="Changed">what has become of it</param>
/// <param name="SignedIn">whose sign-in waited for it; null for who was signed in</param>
public sealed record AddedPasskey(ListedFactor Passkey, ChangedFactors Changed, SignedIn? SignedIn);

/// <summary>Adding a passkey to who is signed in, or whose sign-in waits for it; every other session ends.</summary>
public sealed class PasskeyAddition(AccountsDb db, PasskeyEnrolment enrolment, FactorChanges changes, WaitingSignIn waiting)
{
    /// <param name="made">by an authenticator, and checked</param>
    /// <param name="name">what the user calls it; empty for the name of the authenticator's model</param>
    /// <param name="who">whose it is to be</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="StepUpRequiredException">they have not shown to read the account's mail</exception>
    /// <exception cref="ConflictException">they have as many as one may have</exception>
    /// <exception cref="RefusedException">somebody has it already</exception>
    /// <exception cref="AuthenticationFailedException">the session has ended meanwhile, or the ticket is good for nothing any more</exception>
    public async Task<AddedPasskey> AddAsync(NewPasskey made, string name, Enroller who, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(who, cancellation);
        await enrolment.DemandAsync(user, cancellation);
        var passkey = Passkey.Of(made, user.Id, name.Length > 0 ? name : AuthenticatorNames.Of(made.Aaguid), await db.ReadClockAsync(cancellation));
        db.Passkeys.Add(passkey);
        var listed = PasskeyKind.Listed(passkey);
        var changed = await changes.AddedAsync(new FactorAct(user, who.SessionId, device), Passkey.Way, listed, cancellation);
        // The door looks at the stamp, which is another from now on.
        await SaveAsync(cancellation);
        var signedIn = who is WaitingEnroller waiter
            ? await waiting.OpenAsync(waiter.Ticket, waiter.ProofOf(user, made.UserVerified ? ["pop", "user"] : ["pop"]), device, cancellation)
            : null;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new AddedPasskey(listed, changed, signedIn);
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
