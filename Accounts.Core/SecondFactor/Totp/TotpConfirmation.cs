using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SecondFactor.Changes;
using Accounts.Core.SecondFactor.Enrolment;
using Accounts.Core.Secrets;
using Accounts.Core.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SecondFactor.Totp;

/// <param name="Code">that the app shows</param>
/// <param name="Name">of the app; empty for the usual one</param>
public sealed record TotpConfirmForm(string Code, string Name)
{
    public override string ToString() => nameof(TotpConfirmForm);
}

/// <summary>A second factor that has been added.</summary>
/// <param name="Changed">what has become of it</param>
/// <param name="SignedIn">whose sign-in waited for it; null for who was signed in</param>
public sealed record AddedFactor(ChangedFactors Changed, SignedIn? SignedIn);

/// <summary>The authenticator app that was begun shows a code, and is a factor from then on.</summary>
public sealed class TotpConfirmation(AccountsDb db, UserFactors factors, FactorChanges changes, SecretBox box, WaitingSignIn waiting)
{
    private static readonly Sentence WrongCode = "Enter the code that the app shows now.";

    /// <returns>with ten recovery codes, where it is the first factor</returns>
    /// <exception cref="RefusedException">nothing was begun, or too long ago</exception>
    /// <exception cref="InvalidInputException">the code is wrong</exception>
    /// <exception cref="ConflictException">there are too many by now</exception>
    /// <exception cref="AuthenticationFailedException">the session has ended meanwhile, or the ticket is good for nothing any more</exception>
    /// <exception cref="PermissionDeniedException">the policy refuses the user by now</exception>
    public async Task<AddedFactor> ConfirmAsync(TotpConfirmForm form, Enroller who, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(who, cancellation);
        var now = await db.ReadClockAsync(cancellation);
        var factor = await db.BegunTotp(user.Id).SingleOrDefaultAsync(f => f.CreatedAt > now - TotpFactor.BegunLifetime, cancellation) ?? throw Expired();
        await factors.DemandRoomAsync(user, cancellation);
        factor.Confirm(form.Name, StepOf(factor, form.Code, now), now);
        var act = new FactorAct(user, who.SessionId, device);
        var changed = await changes.AddedAsync(act, TotpFactor.Way, new ListedFactor(factor.Id, factor.Name, factor.CreatedAt, LastUsedAt: null), cancellation);
        // The door looks at the stamp, which is another from now on.
        await db.SaveChangesAsync(cancellation);
        var signedIn = who is WaitingEnroller waiter ? await waiting.OpenAsync(waiter.Ticket, waiter.ProofOf(user, FactorCodes.Otp), device, cancellation) : null;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new AddedFactor(changed, signedIn);
    }

    private long StepOf(TotpFactor factor, string code, DateTimeOffset now)
    {
        try
        {
            return TimeCode.StepOf(factor.Open(box), code, now, lastStep: null) ?? throw Wrong();
        }
        catch (CryptographicException)
        {
            throw Expired();
        }
    }

    private static RefusedException Expired() => new(ErrorCode.EnrolmentExpired);

    private static InvalidInputException Wrong()
    {
        var errors = new FieldErrors();
        errors.Add("code", WrongCode);
        return new InvalidInputException(errors);
    }
}
