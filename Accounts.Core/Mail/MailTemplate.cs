namespace Accounts.Core.Mail;

/// <summary>The mails that are sent, each a pair of files in <c>Mail/Templates</c>.</summary>
public enum MailTemplate
{
    VerifyEmail,
    SessionReused,
    AccountExists,
    SignedInAfterFailures,
    SocialAccountConnected,
    SocialAccountDisconnected,
    ResetPassword,
    PasswordChanged,
}
