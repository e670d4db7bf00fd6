using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Registration;

/// <summary>Sends the verification mail once more, and tells nobody whether there was anything to send.</summary>
public sealed class VerificationResend(AccountsDb db, VerificationMail verification, MailThrottle mails)
{
    public Task ResendAsync(EmailAddress address, CancellationToken cancellation) =>
        UniformTiming.RunAsync(() => AddAsync(address, cancellation), cancellation);

    private async Task<User?> AddAsync(EmailAddress address, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Locked, so that of several requests at once none forgets what the others have just sent.
        var user = await db.Users.FromSql($"SELECT * FROM users WHERE email_key = {address.Key} FOR NO KEY UPDATE").SingleOrDefaultAsync(cancellation);
        if (user is { EmailConfirmed: false, IsActive: true, DeletedAt: null } && await mails.AdmitsAsync(address, cancellation))
        {
            await SupersedeAsync(user, cancellation);
            verification.Add(user);
            await db.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
        return user;
    }

    /// <summary>Leaves room for one more among the links that live side by side.</summary>
    private Task<int> SupersedeAsync(User user, CancellationToken cancellation) => db.EmailVerificationTokens
        .Where(t => t.UserId == user.Id && t.Purpose == VerificationPurpose.Verify && t.UsedAt == null && t.ExpiresAt > AccountsDb.ClockTimestamp())
        .OrderByDescending(t => t.CreatedAt).ThenByDescending(t => t.Id)
        .Skip(EmailVerificationToken.MostAlive - 1)
        .ExecuteUpdateAsync(set => set.SetProperty(t => t.ExpiresAt, _ => AccountsDb.ClockTimestamp()), cancellation);
}
