using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Passwords;
using Accounts.Core.Users;

namespace Accounts.Api.Registration;

/// <summary>The body of verify-email and of what belongs to it: the link's token, or address and code.</summary>
public sealed record VerifyEmailRequest
{
    [Described("The token of the mailed link.", Example = Examples.MailedToken)]
    public Field Token { get; init; }

    [Described("Together with `code`, in place of `token`.", MaxLength = EmailAddress.Longest, Format = "email")]
    public Field Email { get; init; }

    [Described("The 6 digits of the same mail.")]
    public Field Code { get; init; }

    [Described("Where a proof besides the link is asked for (`confirmation_required`).", MaxLength = PasswordPolicy.Longest, Format = "password")]
    public Field Password { get; init; }
}

/// <summary>A body that names an address.</summary>
public sealed record EmailRequest
{
    [Described("An address, known or not.", Required = true, MaxLength = EmailAddress.Longest, Format = "email", Example = "ann@example.test")]
    public Field Email { get; init; }
}

/// <summary>What the confirm page shows.</summary>
public sealed record VerificationCheckResponse(string Username, string Email, bool Verified, bool SameBrowser);
