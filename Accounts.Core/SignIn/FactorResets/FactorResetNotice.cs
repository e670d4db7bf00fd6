using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SignIn.FactorResets;

/// <summary>Tells a user of a reset of their factors at every address that was proved to be theirs in the last days: who has moved the account may be a thief.</summary>
public sealed class FactorResetNotice(AccountsDb db, MailQueue mails)
{
    /// <summary>Saved by the caller.</summary>
    public async Task AddAsync(OutgoingMail mail, User user, CancellationToken cancellation)
    {
        mails.Add(mail, user);
        var former = await db.AccountChanges.AsNoTracking().Open()
            .Where(c => c.UserId == user.Id && c.VoidAt == null && c.ReservedEmail != null && c.ReservedEmail != user.NormalizedEmail).Select(c => c.Email).ToListAsync(cancellation);
        foreach (var address in former.Select(EmailAddress.Parse).DistinctBy(address => address.Key))
        {
            mails.Add(mail, user, address);
        }
    }
}
