using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.MailRequests;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.EmailCodes;

/// <summary>The mail that was asked for by who signs in by it. Who has left or is frozen gets it as well: why they are not let in is told after the code, as after a password.</summary>
internal sealed class RequestedMailSignIn(AccountsDb db, MailSignInMails codes, MailThrottle mails, MailSignUp signUps, SecurityLog events) : IMailRequestPart
{
    public MailPurpose Purpose => MailPurpose.SignInCode;

    public Task<List<string>> PossibleAsync(List<string> addresses, CancellationToken cancellation) =>
        signUps.IsOpen ? Task.FromResult(addresses) : db.Users.TakenAmong(addresses).ToListAsync(cancellation);

    public async Task AddMailAsync(AskedMail asked, CancellationToken cancellation)
    {
        // Locked, so that of several at once none forgets what the others have just sent.
        var user = await db.LockAnyUserAsync(asked.Address, cancellation);
        if (user is null)
        {
            await AddForNobodyAsync(asked, cancellation);
        }
        else if (user.IsThere() && await mails.AdmitsAsync(Purpose, user, asked.Device, cancellation))
        {
            await codes.AddAsync(user, asked, cancellation);
            events.Add(SecurityEventKind.SignInCodeRequested, user.Id, null, asked.Device);
        }
    }

    private async Task AddForNobodyAsync(AskedMail asked, CancellationToken cancellation)
    {
        // The network first: one that may have none sent any more spends nothing of an address.
        if (signUps.IsOpen && await signUps.AdmitsAsync(asked.Device, cancellation) && await mails.AdmitsAsync(Purpose, asked.Address, cancellation))
        {
            await codes.AddAsync(user: null, asked, cancellation);
        }
    }
}
