using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.EmailChange;
using Accounts.Core.Passwords;
using Accounts.Core.Users;

namespace Accounts.Api.EmailChange;

/// <summary>The body of email/change.</summary>
public sealed record EmailChangeRequest : IRequest<AddressChangeForm>
{
    [Described("Where the link is mailed.", Required = true, MaxLength = EmailAddress.Longest, Format = "email", Example = "ann@example.test")]
    public Field NewEmail { get; init; }

    [Described("Not needed where the sign-in was at most 10 minutes ago.", MaxLength = PasswordPolicy.Longest, Format = "password", Example = "correct-horse-9")]
    public Field Password { get; init; }

    public AddressChangeForm Read(FieldReader fields)
    {
        var address = fields.NewEmailAddress("new_email", NewEmail);
        return new AddressChangeForm(address!, Password.IsMissing ? null : fields.Password("password", Password));
    }
}

/// <summary>The body of email/change/confirm.</summary>
public sealed record EmailChangeConfirmRequest : IRequest<EmailChangeInput>
{
    [Described("The token of the mailed link.", Required = true, Example = Examples.MailedToken)]
    public Field Token { get; init; }

    [Described("The refresh token, in body mode; otherwise the cookie brings it.")]
    public Field Refresh { get; init; }

    public EmailChangeInput Read(FieldReader fields) => new(fields.Text("token", Token)!, Refresh.Text?.Trim());
}

/// <summary>The mailed token, and the refresh token that came along in the body.</summary>
public sealed record EmailChangeInput(string Token, string? Refresh)
{
    public override string ToString() => nameof(EmailChangeInput);
}
