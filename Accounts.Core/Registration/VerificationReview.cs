using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Registration;

/// <summary>What the confirm page shows before anything is confirmed.</summary>
public sealed record PendingVerification(string Username, string Email, bool Verified, bool SameBrowser);

/// <summary>The page that a verification link opens: it looks, which changes nothing, and may say "this was not me".</summary>
public sealed class VerificationReview(AccountsDb db, MailedTokenStore tokens, BrowserProof proofs, SecurityLog events)
{
    /// <exception cref="RefusedException">the token is not good</exception>
    public async Task<PendingVerification> LookAsync(string token, BrowserEvidence evidence, CancellationToken cancellation)
    {
        var (_, user) = await tokens.FindForVerificationAsync(token, cancellation);
        return new PendingVerification(user.UserName!, user.Email!, user.EmailConfirmed, evidence.IsOf(user, proofs));
    }

    /// <summary>The owner of the mailbox did not register: the unverified account goes, with its sessions. One that holds roles or is verified stays.</summary>
    /// <exception cref="RefusedException">the token is not good, or the account is not one to delete</exception>
    public async Task RejectAsync(string token, Device device, CancellationToken cancellation)
    {
        var (_, user) = await tokens.FindForVerificationAsync(token, cancellation);
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
