using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;

namespace Accounts.Api.Passkeys;

/// <summary>The body that begins.</summary>
public sealed record PasskeyBeginRequest : IRequest<PasskeyBeginForm>
{
    [Described("Of the answer `second_factor_required`: asks for a passkey of that user, beside the first factor. Empty: the ticket is in the cookie of the redirect flow.", Example = Examples.MailedToken)]
    public Field Ticket { get; init; }

    [Described("In place of `ticket`: of the mail that freezing has sent. Asks for a passkey of before, for `security/recover`.")]
    public Field Token { get; init; }

    [Described("In place of both: whether who is signed in proves once more who they are. Said by who is signed in by a cookie; an access token says it by itself.", Example = true)]
    public Field Reauthenticate { get; init; }

    public PasskeyBeginForm Read(FieldReader fields)
    {
        if (!Ticket.IsMissing && !Token.IsMissing)
        {
            fields.Errors.Add(FieldErrors.NonField, "Send ticket or token, not both.");
        }
        return new PasskeyBeginForm(
            Ticket.IsMissing ? null : Ticket.IsBlank ? "" : fields.Text("ticket", Ticket), Token.IsMissing ? null : fields.Text("token", Token),
            fields.Boolean("reauthenticate", Reauthenticate, otherwise: false));
    }
}

/// <param name="Ticket">of a sign-in that waits; empty for that of the cookie, null for none</param>
/// <param name="Token">of an account that is to be had back; null for none</param>
/// <param name="Reauthenticates">whether who is signed in has said that they prove it once more</param>
public sealed record PasskeyBeginForm(string? Ticket, string? Token, bool Reauthenticates)
{
    public override string ToString() => nameof(PasskeyBeginForm);
}
