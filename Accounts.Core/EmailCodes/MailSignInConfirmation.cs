using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.EmailCodes;

/// <summary>Signing in by the code or the link of a mail, in the browser that had it sent. It proves the mailbox, and so the address.</summary>
public sealed class MailSignInConfirmation(
    AccountsDb db, PresentedMailSignIn presented, MailboxClaim claim, MailSignUp signUp, SignInDoor door)
{
    private const int Attempts = 6;

    /// <param name="form">what was sent</param>
    /// <param name="attempts">of the browser that sent it: its mails count there</param>
    /// <param name="request">what the client asks for</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="RefusedException">it is not the token, or not the code, of a mail that this browser had sent, or one that is spent, revoked or too old</exception>
    /// <exception cref="PermissionDeniedException">the policy refuses them, or nobody may sign up; neither token nor code is spent</exception>
    /// <exception cref="SecondFactorRequiredException">there is a factor to prove besides; token and code are spent, and the ticket goes on</exception>
    /// <exception cref="ConflictException">nobody has the address, and who had it a few days ago may have it back</exception>
    public async Task<SignedIn> ConfirmAsync(MailSignInForm form, Guid[] attempts, SignInRequest request, CancellationToken cancellation)
    {
        var token = await presented.FindAsync(form, attempts, request.Device, cancellation);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                return (await TryAsync(token, request, cancellation)).Demand();
            }
            catch (DbUpdateException e) when (e.IsReservedAddress())
            {
                throw new ConflictException(ErrorCode.EmailTaken);
            }
            catch (DbUpdateException e) when (e.IsTaken(out _))
            {
                // Username or address have just been taken; the next look finds out by whom.
                db.ChangeTracker.Clear();
            }
        }
        throw new UnavailableException(TimeSpan.FromSeconds(1));
    }

    private async Task<SignInOutcome> TryAsync(MailedToken token, SignInRequest request, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await presented.SpendAsync(token, cancellation);
        if (user is null)
        {
            user = await AddAsync(token, request.Device, cancellation);
        }
        else
        {
            await claim.ProveAsync(user, request.Device, cancellation);
            await db.SaveChangesAsync(cancellation);
        }
        var outcome = await door.OpenAsync(new Proof(user, SignInMethods.MailedCode), request, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return outcome;
    }

    private async Task<User> AddAsync(MailedToken token, Device device, CancellationToken cancellation)
    {
        var user = await signUp.AddAsync(token, device, cancellation);
        await db.SaveChangesAsync(cancellation);
        await presented.GiveAsync(token, user, cancellation);
        return user;
    }
}
