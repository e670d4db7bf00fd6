using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.SecondFactor;

namespace Accounts.Api.Passkeys;

/// <summary>The body that finishes a sign-in.</summary>
public sealed record PasskeySignInRequest : IRequest<PasskeySignInForm>
{
    [Described("Of the beginning.", Required = true, Example = PasskeyExamples.State)]
    public Field State { get; init; }

    [Described("What `PublicKeyCredential.toJSON()` gives; in a form the same as text.", Required = true, Type = typeof(object), Example = PasskeyExamples.Assertion)]
    public Field Passkey { get; init; }

    [Described("`false`: the session goes with the browser, and after a day without use.", Example = true)]
    public Field Remember { get; init; }

    [Described("`true`: a deleted account is had back, while it may be.", Example = false)]
    public Field Restore { get; init; }

    public PasskeySignInForm Read(FieldReader fields)
    {
        var presented = new PresentedPasskey(fields.Text("state", State)!, fields.Object("passkey", Passkey)!);
        return new PasskeySignInForm(presented, fields.Boolean("remember", Remember, otherwise: true), fields.Boolean("restore", Restore, otherwise: false));
    }
}

/// <summary>An authenticator's answer, whether the session outlives the browser, and whether a deleted account is wanted back.</summary>
public sealed record PasskeySignInForm(PresentedPasskey Presented, bool Remember, bool Restore);

/// <summary>The body that finishes a registration.</summary>
public sealed record PasskeyAdditionRequest : IRequest<PasskeyAdditionForm>
{
    [Described(EnrolmentFields.TicketText, Example = Examples.MailedToken)]
    public Field Ticket { get; init; }

    [Described("Of the beginning.", Required = true, Example = PasskeyExamples.State)]
    public Field State { get; init; }

    [Described("What `PublicKeyCredential.toJSON()` gives; in a form the same as text.", Required = true, Type = typeof(object), Example = PasskeyExamples.Attestation)]
    public Field Passkey { get; init; }

    [Described("What the user calls it; without one, what its authenticator is called.", MaxLength = UserFactors.LongestName, Example = "My phone")]
    public Field Name { get; init; }

    public PasskeyAdditionForm Read(FieldReader fields)
    {
        var ticket = fields.EnrolmentTicket(Ticket);
        var presented = new PresentedPasskey(fields.Text("state", State)!, fields.Object("passkey", Passkey)!);
        return new PasskeyAdditionForm(ticket, presented, fields.OptionalText("name", Name, UserFactors.LongestName));
    }
}

/// <summary>An authenticator's answer, and what the user calls it; empty for the usual name.</summary>
/// <param name="Ticket">null for who is signed in</param>
public sealed record PasskeyAdditionForm(string? Ticket, PresentedPasskey Presented, string Name)
{
    public override string ToString() => nameof(PasskeyAdditionForm);
}
