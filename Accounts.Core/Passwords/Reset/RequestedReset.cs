using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.MailRequests;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passwords.Reset;

/// <summary>The mail that was asked for by who forgot the password.</summary>
internal sealed class RequestedReset(AccountsDb db, MailedTokenStore tokens, PasswordResetMail reset, MailThrottle mails, SecurityLog events) : IMailRequestPart
{
    public MailPurpose Purpose => MailPurpose.Reset;

    public Task<List<string>> PossibleAsync(List<string> addresses, CancellationToken cancellation) =>
        db.Users.TakenAmong(addresses).ToListAsync(cancellation);

    public async Task AddMailAsync(AskedMail asked, CancellationToken cancellation)
    {
        // Locked, so that of several at once none forgets what the others have just sent.
        var user = await db.LockUserAsync(asked.Address, cancellation);
        if (user is not null && await mails.AdmitsAsync(Purpose, user, asked.Device, cancellation))
        {
            await tokens.SupersedeAsync(user, TokenPurpose.Reset, cancellation);
            reset.Add(user, asked.Attempt, await db.ReadClockAsync(cancellation));
            events.Add(SecurityEventKind.PasswordResetRequested, user.Id, null, asked.Device);
        }
    }
}
