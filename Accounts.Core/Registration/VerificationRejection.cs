using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Registration.Pending;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Registration;

/// <summary>"This was not me", by who opens a verification link.</summary>
public sealed class VerificationRejection(AccountsDb db, PresentedVerification presented, MailThrottle mails, SecurityLog events, Aftermath aftermath)
{
    /// <summary>The owner of the mailbox did not register, and has its budget of mails back: the unverified account goes, with its sessions, or the sign-up. One that holds roles or is verified stays.</summary>
    /// <exception cref="RefusedException">the token is not good, or the account is not one to delete</exception>
    public async Task RejectAsync(string token, Device device, CancellationToken cancellation)
    {
        var found = await presented.FindAsync(token, cancellation);
        await (found.SignUp is { } signUp ? DeleteAsync(signUp, cancellation) : DeleteAsync(found.User!, device, cancellation));
        await aftermath.TryAsync(() => mails.ForgetAsync(found.SignUp?.Address ?? found.User!.Address, cancellation));
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
