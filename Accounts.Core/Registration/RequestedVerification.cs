using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.MailRequests;
using Accounts.Core.Registration.Pending;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Registration;

/// <summary>The verification mail that was asked for once more.</summary>
internal sealed class RequestedVerification(
    AccountsDb db, MailedTokenStore tokens, VerificationMail verification, PendingSignUpMail pending, MailThrottle mails) : IMailRequestPart
{
    public MailPurpose Purpose => MailPurpose.Verification;

    public Task<List<string>> PossibleAsync(List<string> addresses, CancellationToken cancellation) => db.Users.TakenAmong(addresses)
        .Union(db.PendingSignUps.Where(signUp => addresses.Contains(signUp.EmailKey)).Select(signUp => signUp.EmailKey)).ToListAsync(cancellation);

    public async Task AddMailAsync(AskedMail asked, CancellationToken cancellation)
    {
        // Locked, so that of several at once none forgets what the others have just sent.
        var user = await db.LockUserAsync(asked.Address, cancellation);
        if (user is null)
        {
            await pending.AddAsync(Purpose, asked, cancellation);
        }
        else if (!user.EmailConfirmed && await mails.AdmitsAsync(Purpose, user, asked.Device, cancellation))
        {
            await tokens.SupersedeAsync(user, TokenPurpose.Verify, asked.Attempt, cancellation);
            verification.Add(user, asked.Attempt);
        }
    }
}
