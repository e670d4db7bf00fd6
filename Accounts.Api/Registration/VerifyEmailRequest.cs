using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.MailedTokens;
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

    [Described("The 6 digits of the same mail.", MaxLength = FieldReader.LongestCode)]
    public Field Code { get; init; }

    [Described("Where a proof besides the link is asked for (`confirmation_required`); a new one where `check` says `password_needed`.", MaxLength = PasswordPolicy.Longest, Format = "password")]
    public Field Password { get; init; }

    [Described("With `HideExistingAccounts`, where `check` says `password_needed`, or in place of the name that was typed at first and has been taken meanwhile.", MaxLength = Core.Users.Username.Longest)]
    public Field Username { get; init; }

    [Described(Attempts.AboutAttempt)]
    public Field Attempt { get; init; }

    public VerificationForm Read(FieldReader fields)
    {
        var isByCode = Token.IsMissing && !(Email.IsMissing && Code.IsMissing);
        VerificationForm form = isByCode
            ? new VerificationByCode(fields.TypedCode("code", Code)!, fields.EmailAddress("email", Email)!)
            : new VerificationByLink(fields.Text("token", Token)!);
        return form with
        {
            Password = Password.IsMissing ? null : fields.Password("password", Password),
            Username = Username.IsMissing ? null : fields.Username("username", Username),
            Attempt = Attempt.IsMissing ? null : fields.Text("attempt", Attempt),
        };
    }
}

/// <summary>What the confirm page shows.</summary>
/// <param name="Username">of the account, or of the sign-up that is pending</param>
/// <param name="Email">that is confirmed</param>
/// <param name="Verified">whether it is already</param>
/// <param name="SameBrowser">whether this is the browser that registered</param>
/// <param name="PasswordNeeded">that a password is to be chosen here; left out where none is</param>
public sealed record VerificationCheckResponse(string Username, string Email, bool Verified, bool SameBrowser, bool? PasswordNeeded = null)
    : IAnswer<VerificationCheckResponse>
{
    public static VerificationCheckResponse Example { get; } = new("ann", "ann@example.test", Verified: false, SameBrowser: true);
}
