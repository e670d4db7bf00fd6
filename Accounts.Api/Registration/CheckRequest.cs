using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.MailedTokens;

namespace Accounts.Api.Registration;

/// <summary>The body of what looks at a link.</summary>
public sealed record CheckRequest : IRequest<CheckForm>
{
    [Described("The token of the mailed link.", Required = true, Example = Examples.MailedToken)]
    public Field Token { get; init; }

    [Described(Attempts.AboutAttempt)]
    public Field Attempt { get; init; }

    public CheckForm Read(FieldReader fields) => new(fields.Text("token", Token)!, Attempt.IsMissing ? null : fields.Text("attempt", Attempt));
}

/// <summary>A link that is looked at, and what a client without cookies was given.</summary>
public sealed record CheckForm(string Token, string? Attempt)
{
    public override string ToString() => nameof(CheckForm);
}
