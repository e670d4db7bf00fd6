using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Passwords;
using Accounts.Core.Registration;
using Accounts.Core.Users;

namespace Accounts.Api.Registration;

/// <summary>The body of verify-email: the link's token, or address and code.</summary>
public sealed record VerifyEmailRequest : IRequest<VerificationForm>
{
    [Described("The token of the mailed link.", Example = Examples.MailedToken)]
    public Field Token { get; init; }

    [Described("Together with `code`, in place of `token`.", MaxLength = EmailAddress.Longest, Format = "email")]
    public Field Email { get; init; }

    [Described("The 6 digits of the same mail.")]
    public Field Code { get; init; }

    [Described("Where a proof besides the link is asked for (`confirmation_required`).", MaxLength = PasswordPolicy.Longest, Format = "password")]
    public Field Password { get; init; }

    public VerificationForm Read(FieldReader fields)
    {
        var password = Password.IsMissing ? null : fields.Password("password", Password);
        var isByCode = Token.IsMissing && !(Email.IsMissing && Code.IsMissing);
        return isByCode
            ? new VerificationByCode(fields.TypedCode("code", Code)!, fields.EmailAddress("email", Email)!, password)
            : new VerificationByLink(fields.Text("token", Token)!, password);
    }
}

/// <summary>The body of what only looks at a link, or takes it back.</summary>
public sealed record MailedTokenRequest : IRequest<string>
{
    [Described("The token of the mailed link.", Required = true, Example = Examples.MailedToken)]
    public Field Token { get; init; }

    public string Read(FieldReader fields) => fields.Text("token", Token)!;
}

/// <summary>What the confirm page shows.</summary>
public sealed record VerificationCheckResponse(string Username, string Email, bool Verified, bool SameBrowser)
    : IAnswer<VerificationCheckResponse>
{
    public static VerificationCheckResponse Example { get; } = new("ann", "ann@example.test", Verified: false, SameBrowser: true);
}
