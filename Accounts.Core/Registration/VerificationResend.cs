using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.Registration;

/// <summary>Sends the verification mail once more, and tells nobody whether there was anything to send.</summary>
public sealed class VerificationResend(AccountsDb db, VerificationMail verification, MailedTokenStore tokens, MailThrottle mails)
{
    public Task ResendAsync(EmailAddress address, CancellationToken cancellation) =>
        UniformTiming.RunAsync(() => AddAsync(address, cancellation), cancellation);

    private async Task<User?> AddAsync(EmailAddress address, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Locked, so that of several requests at once none forgets what the others have just sent.
        var user = await db.LockUserAsync(address, cancellation);
        if (user is { EmailConfirmed: false } && await mails.AdmitsAsync(MailPurpose.Verification, address, cancellation))
        {
            await tokens.SupersedeAsync(user, TokenPurpose.Verify, cancellation);
            verification.Add(user);
            await db.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        return user;
    }
}
