using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.Passwords;

/// <summary>Mails a link by which a new password may be chosen, and tells nobody whether there was anybody to mail it to. Asking changes nothing.</summary>
public sealed class PasswordReset(AccountsDb db, MailedTokenStore tokens, PasswordResetMail reset, MailThrottle mails, SecurityLog events)
{
    public Task AskAsync(EmailAddress address, Device device, CancellationToken cancellation) =>
        UniformTiming.RunAsync(() => AddAsync(address, device, cancellation), cancellation);

    private async Task<User?> AddAsync(EmailAddress address, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Locked, so that of several requests at once none forgets what the others have just sent.
        var user = await db.LockUserAsync(address, cancellation);
        if (user is not null && await mails.AdmitsAsync(MailPurpose.Reset, user, device, cancellation))
        {
            await tokens.SupersedeAsync(user, TokenPurpose.Reset, cancellation);
            reset.Add(user, await db.ReadClockAsync(cancellation));
            events.Add(SecurityEventKind.PasswordResetRequested, user.Id, null, device);
            await db.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        return user;
    }
}
