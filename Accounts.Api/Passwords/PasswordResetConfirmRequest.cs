using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.MailedTokens;
using Accounts.Core.Passwords;
using Accounts.Core.Passwords.Reset;
using Accounts.Core.Users;

namespace Accounts.Api.Passwords;

/// <summary>The body of reset/confirm: the link's token, or address and code; dj-rest-auth's <c>uid</c> is not needed and so not read.</summary>
public sealed record PasswordResetConfirmRequest : IRequest<PasswordResetInput>
{
    [Described("The token of the mailed link.", Example = Examples.MailedToken)]
    public Field Token { get; init; }

    [Described("Together with `code`, in place of `token`.", MaxLength = EmailAddress.Longest, Format = "email")]
    public Field Email { get; init; }

    [Described("The 8 digits of the same mail.", MaxLength = FieldReader.LongestCode)]
    public Field Code { get; init; }

    [Described("Not trimmed; no common one, and none made of the user's own data.", MaxLength = PasswordPolicy.Longest, Format = "password", Example = "battery-staple-7")]
    public Field NewPassword { get; init; }

    [Described("In place of `new_password`, together with `new_password2`.", MaxLength = PasswordPolicy.Longest, Format = "password")]
    public Field NewPassword1 { get; init; }

    [Described("The same again.", MaxLength = PasswordPolicy.Longest, Format = "password")]
    public Field NewPassword2 { get; init; }

    [Described(Attempts.AboutAttempt)]
    public Field Attempt { get; init; }

    public PasswordResetInput Read(FieldReader fields)
    {
        var isByCode = Token.IsMissing && !(Email.IsMissing && Code.IsMissing);
        PasswordResetForm form = isByCode
            ? new ResetByCode(fields.TypedCode("code", Code)!, fields.EmailAddress("email", Email)!) { NewPassword = ReadPassword(fields) }
            : new ResetByLink(fields.Text("token", Token)!) { NewPassword = ReadPassword(fields) };
        return new PasswordResetInput(form, Attempt.IsMissing ? null : fields.Text("attempt", Attempt));
    }

    private NewPassword ReadPassword(FieldReader fields) => NewPasswordFields.Read(fields, NewPassword, NewPassword1, NewPassword2)!;
}

/// <summary>A reset, and what a client without cookies was given.</summary>
public sealed record PasswordResetInput(PasswordResetForm Form, string? Attempt)
{
    public override string ToString() => nameof(PasswordResetInput);
}
