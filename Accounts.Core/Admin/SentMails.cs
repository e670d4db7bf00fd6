using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Passwords.Reset;
using Accounts.Core.Registration;

namespace Accounts.Core.Admin;

/// <summary>Has the mails sent that a user could have asked for. No budget holds them back: who has used it up need not be the user.</summary>
public sealed class SentMails(AccountsDb db, MailedTokenStore tokens, PasswordResetMail reset, VerificationMail verification)
{
    /// <summary>With a link that sets a new password; the one of now stays until then.</summary>
    /// <exception cref="ConflictException">the user is not let in, and the link would be of no use</exception>
    public UserAct Reset() => new(SecurityEventKind.UserPasswordResetSent, async (user, _, cancellation) =>
    {
        user.DemandLetIn();
        await tokens.SupersedeAsync(user, TokenPurpose.Reset, cancellation);
        reset.Add(user, MailedToken.ResetLifetime, link => new PasswordWantedMail(link, MailedToken.ResetLifetime), await db.ReadClockAsync(cancellation));
    });

    /// <summary>With a link that verifies the address.</summary>
    /// <exception cref="ConflictException">the address is verified, or the user is not let in</exception>
    public UserAct Verification() => new(SecurityEventKind.UserVerificationSent, async (user, _, cancellation) =>
    {
        user.DemandLetIn();
        if (user.EmailConfirmed)
        {
            throw new ConflictException(ErrorCode.AlreadyVerified);
        }
        await tokens.SupersedeAsync(user, TokenPurpose.Verify, attempt: null, cancellation);
        verification.Add(user, attempt: null);
    });
}
