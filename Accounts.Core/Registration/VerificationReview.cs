using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Registration.Pending;
using Accounts.Core.Secrets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Registration;

/// <summary>What the confirm page shows before anything is confirmed.</summary>
/// <param name="Username">of the account, or of the sign-up that it would be made of</param>
/// <param name="Email">that is confirmed</param>
/// <param name="Verified">whether it is already</param>
/// <param name="SameBrowser">whether this is the browser that registered</param>
/// <param name="PasswordNeeded">whether a password is to be chosen here</param>
public sealed record PendingVerification(string Username, string Email, bool Verified, bool SameBrowser, bool PasswordNeeded);

/// <summary>The page that a verification link opens: it looks, which changes nothing, and may say "this was not me".</summary>
public sealed class VerificationReview(
    AccountsDb db, PresentedVerification presented, SignUpConfirmation signUps, BrowserProof proofs, SecurityLog events)
{
    /// <exception cref="RefusedException">the token is not good</exception>
    public async Task<PendingVerification> LookAsync(string token, BrowserEvidence evidence, CancellationToken cancellation)
    {
        var found = await presented.FindAsync(token, cancellation);
        if (found.SignUp is { } signUp)
        {
            var own = await signUps.OwnAsync(signUp, evidence, cancellation);
            return new PendingVerification((own ?? signUp).Username, signUp.Email, Verified: false, SameBrowser: own is not null, PasswordNeeded: own is null);
        }
        var user = found.User!;
        return new PendingVerification(user.UserName!, user.Email!, user.EmailConfirmed, evidence.IsOf(user, proofs), PasswordNeeded: false);
    }

    /// <summary>The owner of the mailbox did not register: the unverified account goes, with its sessions, or the sign-up. One that holds roles or is verified stays.</summary>
    /// <exception cref="RefusedException">the token is not good, or the account is not one to delete</exception>
    public async Task RejectAsync(string token, Device device, CancellationToken cancellation)
    {
        var found = await presented.FindAsync(token, cancellation);
        await (found.SignUp is { } signUp ? DeleteAsync(signUp, cancellation) : DeleteAsync(found.User!, device, cancellation));
    }

    private async Task DeleteAsync(PendingSignUp signUp, CancellationToken cancellation)
    {
        if (await db.PendingSignUps.Where(s => s.Id == signUp.Id).ExecuteDeleteAsync(cancellation) != 1)
        {
            throw MailedTokenStore.Invalid();
        }
    }

    private async Task DeleteAsync(User user, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var deleted = await db.Users
            .Where(u => u.Id == user.Id && !u.EmailConfirmed && u.Email == user.Email && u.Roles.Length == 0)
            .ExecuteDeleteAsync(cancellation);
        if (deleted != 1)
        {
            throw MailedTokenStore.Invalid();
        }
        events.Add(SecurityEventKind.RegistrationRejected, user.Id, null, device);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
