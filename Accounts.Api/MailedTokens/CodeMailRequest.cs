using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Users;

namespace Accounts.Api.MailedTokens;

/// <summary>The body of what has a mail with a code sent.</summary>
public sealed record CodeMailRequest : IRequest<CodeMailForm>
{
    [Described("An address, known or not.", Required = true, MaxLength = EmailAddress.Longest, Format = "email", Example = "ann@example.test")]
    public Field Email { get; init; }

    [Described(Attempts.AboutAttempt)]
    public Field Attempt { get; init; }

    public CodeMailForm Read(FieldReader fields) => new(fields.EmailAddress("email", Email)!, Attempt.IsMissing ? null : fields.Text("attempt", Attempt));
}

/// <summary>An address that is to have a mail, and what a client without cookies was given.</summary>
public sealed record CodeMailForm(EmailAddress Address, string? Attempt)
{
    public override string ToString() => nameof(CodeMailForm);
}
