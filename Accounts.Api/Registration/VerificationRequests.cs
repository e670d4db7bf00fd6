using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Users;

namespace Accounts.Api.Registration;

/// <summary>The body of what looks at a link.</summary>
public sealed record CheckRequest : IRequest<CheckForm>
{
    [Described("The token of the mailed link.", Required = true, Example = Examples.MailedToken)]
    public Field Token { get; init; }

    [Described(VerifyEmailRequest.AboutAttempt)]
    public Field Attempt { get; init; }

    public CheckForm Read(FieldReader fields) => new(fields.Text("token", Token)!, Attempt.IsMissing ? null : fields.Text("attempt", Attempt));
}

/// <summary>A link that is looked at, and what a client without cookies was given.</summary>
public sealed record CheckForm(string Token, string? Attempt)
{
    public override string ToString() => nameof(CheckForm);
}

/// <summary>The body of what has another mail sent.</summary>
public sealed record ResendRequest : IRequest<ResendForm>
{
    [Described("An address, known or not.", Required = true, MaxLength = EmailAddress.Longest, Format = "email", Example = "ann@example.test")]
    public Field Email { get; init; }

    [Described(VerifyEmailRequest.AboutAttempt)]
    public Field Attempt { get; init; }

    public ResendForm Read(FieldReader fields) => new(fields.EmailAddress("email", Email)!, Attempt.IsMissing ? null : fields.Text("attempt", Attempt));
}

/// <summary>An address that is to have another mail, and what a client without cookies was given.</summary>
public sealed record ResendForm(EmailAddress Address, string? Attempt)
{
    public override string ToString() => nameof(ResendForm);
}
