using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Registration.Pending;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Registration;

/// <summary>
/// Confirming an address by the mailed link or code. A click proves the mailbox, not the password: with
/// <see cref="RegistrationOptions.RequireSameBrowser"/> it takes a proof besides.
/// </summary>
public sealed class EmailVerification(
    AccountsDb db, PresentedVerification presented, ConfirmingBrowser browser, AddressConfirmation address, SignUpConfirmation signUps)
{
    /// <summary>Also succeeds, and writes nothing, when this token has verified what is still the user's verified address.</summary>
    /// <exception cref="RefusedException">unknown, spent for something else, superseded or expired</exception>
    /// <exception cref="PermissionDeniedException">a proof is required and did not come along</exception>
    /// <exception cref="InvalidInputException">of a sign-up that was pending: its name is taken by now, or a password is to be chosen</exception>
    public async Task VerifyAsync(VerificationForm form, BrowserEvidence evidence, Device device, CancellationToken cancellation)
    {
        var found = await presented.FindAsync(form, evidence, cancellation);
        if (found.SignUp is { } signUp)
        {
            await ConfirmAsync(found.Token, signUp, form, evidence, device, cancellation);
        }
        else if (!(found.User!.EmailConfirmed && found.User.Email == found.Token.Email))
        {
            await SaveAsync(found.Token, await browser.ExamineAsync(form, found.User, evidence, device, cancellation), device, cancellation);
        }
    }

    private async Task ConfirmAsync(
        MailedToken token, PendingSignUp signUp, VerificationForm form, BrowserEvidence evidence, Device device, CancellationToken cancellation)
    {
        try
        {
            await SaveUserAsync(token, await signUps.UserOfAsync(signUp, form, evidence, device, cancellation), device, cancellation);
        }
        catch (AccountsException)
        {
            // Of any number at once one makes the user; the others find that it is done.
            if (!await presented.IsDoneAsync(token, cancellation))
            {
                throw;
            }
        }
    }

    private async Task SaveUserAsync(MailedToken token, User user, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await signUps.AddAsync(user, device, cancellation);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.IsTaken(out var index))
        {
            await transaction.RollbackAsync(cancellation);
            throw await signUps.TakenAsync(user, index, cancellation);
        }
        await signUps.ConcludeAsync(token, user, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task SaveAsync(MailedToken token, Confirmation confirmation, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await address.ConfirmAsync(token, confirmation, device, cancellation))
        {
            await db.SaveChangesAsync(cancellation);
        }
        else if (!await db.Users.AnyAsync(u => u.Id == token.UserId && u.EmailConfirmed && u.Email == token.Email, cancellation))
        {
            throw MailedTokenStore.Invalid();
        }
        await transaction.CommitAsync(cancellation);
    }
}
