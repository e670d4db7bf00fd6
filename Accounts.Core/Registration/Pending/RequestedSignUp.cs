using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.MailRequests;
using Accounts.Core.Notices;
using Accounts.Core.Throttling;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Registration.Pending;

/// <summary>
/// The mail to an address that somebody signed up with while existing accounts are hidden: what confirms it, or word to its owner. Only
/// here, and not in the request, is it found out which.
/// </summary>
internal sealed class RequestedSignUp(AccountsDb db, PendingSignUpMail pending, MailThrottle mails, Notice notice, MailLinks links) : IMailRequestPart
{
    public MailPurpose Purpose => MailPurpose.SignUp;

    public Task<List<string>> PossibleAsync(List<string> addresses, CancellationToken cancellation) => Task.FromResult(addresses);

    public async Task AddMailAsync(AskedMail asked, CancellationToken cancellation)
    {
        var owner = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == asked.Address.Key, cancellation);
        if (owner is null)
        {
            await pending.AddAsync(Purpose, asked, cancellation);
        }
        else if (await mails.AdmitsAsync(MailPurpose.RegistrationRepeated, owner.Address, cancellation))
        {
            notice.Add(SecurityEventKind.RegistrationRepeated, owner, null, asked.Device, new AccountExistsMail(links.Home, links.ForgotPassword));
        }
    }
}
