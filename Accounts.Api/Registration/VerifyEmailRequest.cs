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

/// <summary>What the confirm page shows.</summary>
public sealed record VerificationCheckResponse(string Username, string Email, bool Verified, bool SameBrowser)
    : IAnswer<VerificationCheckResponse>
{
    public static VerificationCheckResponse Example { get; } = new("ann", "ann@example.test", Verified: false, SameBrowser: true);
}
