using Accounts.Api.Docs;
using Accounts.Api.Http;

namespace Accounts.Api.Passkeys;

/// <summary>The body that begins.</summary>
public sealed record PasskeyBeginRequest : IRequest<PasskeyBeginForm>
{
    [Described("Of the answer `second_factor_required`: asks for a passkey of that user, beside the first factor.", Example = Examples.MailedToken)]
    public Field Ticket { get; init; }

    public PasskeyBeginForm Read(FieldReader fields) => new(Ticket.IsMissing ? null : fields.Text("ticket", Ticket));
}

public sealed record PasskeyBeginForm(string? Ticket)
{
    public override string ToString() => nameof(PasskeyBeginForm);
}
