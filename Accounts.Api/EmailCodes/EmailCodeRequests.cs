using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.MailedTokens;
using Accounts.Core.EmailCodes;
using Accounts.Core.Users;

namespace Accounts.Api.EmailCodes;

/// <summary>The body of login/code/confirm: the code, or the link's token.</summary>
public sealed record EmailCodeConfirmRequest : IRequest<EmailCodeInput>
{
    [Described("The 8 digits of the mail.", MaxLength = FieldReader.LongestCode, Example = "31415926")]
    public Field Code { get; init; }

    [Described("That the mail went to, beside `code`; needed by none that has had one mail sent.", MaxLength = EmailAddress.Longest, Format = "email")]
    public Field Email { get; init; }

    [Described("The token of the mailed link, in place of `code`.")]
    public Field Token { get; init; }

    [Described(Attempts.AboutAttempt)]
    public Field Attempt { get; init; }

    [Described("`false`: the session goes with the browser, and after a day without use.", Example = true)]
    public Field Remember { get; init; }

    [Described("`true`: a deleted account is had back, while it may be.", Example = false)]
    public Field Restore { get; init; }

    public EmailCodeInput Read(FieldReader fields)
    {
        MailSignInForm form = Token.IsMissing
            ? new SignInByCode(fields.TypedCode("code", Code)!, Email.IsMissing ? null : fields.EmailAddress("email", Email))
            : new SignInByLink(fields.Text("token", Token)!);
        return new EmailCodeInput(
            form,
            Attempt.IsMissing ? null : fields.Text("attempt", Attempt),
            fields.Boolean("remember", Remember, otherwise: true),
            fields.Boolean("restore", Restore, otherwise: false));
    }
}

/// <summary>A sign-in by mail, what a client without cookies was given, whether the session outlives the browser, and whether a deleted account is wanted back.</summary>
public sealed record EmailCodeInput(MailSignInForm Form, string? Attempt, bool Remember, bool Restore)
{
    public override string ToString() => nameof(EmailCodeInput);
}

/// <summary>The body of login/code/check.</summary>
public sealed record EmailCodeCheckRequest : IRequest<EmailCodeCheckForm>
{
    [Described("The token of the mailed link.", Required = true, Example = Examples.MailedToken)]
    public Field Token { get; init; }

    [Described(Attempts.AboutAttempt)]
    public Field Attempt { get; init; }

    public EmailCodeCheckForm Read(FieldReader fields) => new(fields.Text("token", Token)!, Attempt.IsMissing ? null : fields.Text("attempt", Attempt));
}

/// <summary>A link that is looked at, and what a client without cookies was given.</summary>
public sealed record EmailCodeCheckForm(string Token, string? Attempt)
{
    public override string ToString() => nameof(EmailCodeCheckForm);
}
