using Accounts.Core.Users;

namespace Accounts.Core.EmailCodes;

/// <summary>What somebody who signs in has of the mail.</summary>
public abstract record MailSignInForm
{
    public sealed override string ToString() => nameof(MailSignInForm);
}

/// <summary>By the token of the mailed link.</summary>
public sealed record SignInByLink(string Token) : MailSignInForm;

/// <summary>By the code of the same mail.</summary>
/// <param name="Code">as it was typed</param>
/// <param name="Email">that the mail went to; null for whichever the browser has had mails sent to</param>
public sealed record SignInByCode(string Code, EmailAddress? Email) : MailSignInForm;
