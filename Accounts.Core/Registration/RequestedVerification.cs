using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.MailRequests;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.Registration;

/// <summary>The verification mail that was asked for once more.</summary>
internal sealed class RequestedVerification(AccountsDb db, MailedTokenStore tokens, VerificationMail verification, MailThrottle mails) : IMailRequestPart
{
    public MailPurpose Purpose => MailPurpose.Verification;

    public async Task AddMailAsync(EmailAddress address, Device device, CancellationToken cancellation)
    {
        // Locked, so that of several at once none forgets what the others have just sent.
        var user = await db.LockUserAsync(address, cancellation);
        if (user is { EmailConfirmed: false } && await mails.AdmitsAsync(Purpose, user, device, cancellation))
        {
            await tokens.SupersedeAsync(user, TokenPurpose.Verify, cancellation);
            verification.Add(user);
        }
    }
}
