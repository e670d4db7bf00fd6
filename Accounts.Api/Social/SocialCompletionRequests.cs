using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Users;

namespace Accounts.Api.Social;

/// <summary>The body of complete.</summary>
public sealed record SocialCompletionRequest : IRequest<SocialCompletionForm>
{
    internal const string TicketText = "Of the answer `email_required`. Where it is missing, the cookie of the redirect flow counts.";

    [Described(TicketText, Example = Examples.MailedToken)]
    public Field Ticket { get; init; }

    [Described("The address that the account shall have.", Required = true, MaxLength = EmailAddress.Longest, Format = "email", Example = "ann@example.test")]
    public Field Email { get; init; }

    public SocialCompletionForm Read(FieldReader fields) =>
        new(fields.Pending("ticket", Ticket, PendingCookie.Ticket)!, fields.NewEmailAddress("email", Email)!);
}

public sealed record SocialCompletionForm(string Ticket, EmailAddress Email)
{
    public override string ToString() => nameof(SocialCompletionForm);
}

/// <summary>The body of complete/confirm.</summary>
public sealed record SocialConfirmationRequest : IRequest<SocialConfirmationForm>
{
    [Described(SocialCompletionRequest.TicketText, Example = Examples.MailedToken)]
    public Field Ticket { get; init; }

    [Described("The 6 digits that the mailed link shows.", Required = true, MaxLength = FieldReader.LongestCode, Example = SocialExamples.ShownCode)]
    public Field Code { get; init; }

    [Described("`false`: the session goes with the browser, and after a day without use.", Example = true)]
    public Field Remember { get; init; }

    public SocialConfirmationForm Read(FieldReader fields) => new(
        fields.Pending("ticket", Ticket, PendingCookie.Ticket)!, fields.TypedCode("code", Code)!, fields.Boolean("remember", Remember, otherwise: true));
}

public sealed record SocialConfirmationForm(string Ticket, string Code, bool Remember)
{
    public override string ToString() => nameof(SocialConfirmationForm);
}

/// <summary>The body of complete/code.</summary>
public sealed record SocialCodeRequest : IRequest<SocialCodeForm>
{
    [Described("Of the mailed link.", Required = true, Example = Examples.MailedToken)]
    public Field Token { get; init; }

    public SocialCodeForm Read(FieldReader fields) => new(fields.Text("token", Token)!);
}

public sealed record SocialCodeForm(string Token)
{
    public override string ToString() => nameof(SocialCodeForm);
}
