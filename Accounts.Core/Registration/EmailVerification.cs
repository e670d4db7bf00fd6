using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Registration;

/// <summary>
/// Confirming an address by the mailed link or code. A click proves the mailbox, not the password: with
/// <see cref="RegistrationOptions.RequireSameBrowser"/> it takes a proof besides.
/// </summary>
public sealed class EmailVerification(AccountsDb db, PresentedVerification presented, ConfirmingBrowser browser, AddressConfirmation address)
{
    /// <summary>Also succeeds, and writes nothing, when this token has verified what is still the user's verified address.</summary>
    /// <exception cref="RefusedException">unknown, spent for something else, superseded or expired</exception>
    /// <exception cref="PermissionDeniedException">a proof is required and did not come along</exception>
    public async Task VerifyAsync(VerificationForm form, BrowserEvidence evidence, Device device, CancellationToken cancellation)
    {
        var (token, user) = await presented.FindAsync(form, cancellation);
        if (user.EmailConfirmed && user.Email == token.Email)
        {
            return;
        }
        await SaveAsync(token, await browser.ExamineAsync(form, user, evidence, device, cancellation), device, cancellation);
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
