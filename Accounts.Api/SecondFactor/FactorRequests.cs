using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.SecondFactor;
using Accounts.Core.SecondFactor.Totp;

namespace Accounts.Api.SecondFactor;

/// <summary>The body of factors/totp/confirm.</summary>
public sealed record TotpConfirmRequest : IRequest<TotpFinishForm>
{
    [Described(EnrolmentFields.TicketText, Example = Examples.MailedToken)]
    public Field Ticket { get; init; }

    [Described("The six digits that the app shows.", Required = true, MaxLength = FieldReader.LongestCode, Example = "492039")]
    public Field Code { get; init; }

    [Described("What the user calls the app; `Authenticator app` where it is absent or blank.", MaxLength = UserFactors.LongestName, Example = "My phone")]
    public Field Name { get; init; }

    public TotpFinishForm Read(FieldReader fields) =>
        new(fields.EnrolmentTicket(Ticket), new TotpConfirmForm(fields.TypedCode("code", Code)!, fields.OptionalText("name", Name, UserFactors.LongestName)));
}

/// <param name="Ticket">null for who is signed in</param>
/// <param name="Confirmation">by the app</param>
public sealed record TotpFinishForm(string? Ticket, TotpConfirmForm Confirmation)
{
    public override string ToString() => nameof(TotpFinishForm);
}

/// <summary>The body of PATCH factors.</summary>
public sealed record FactorNameRequest : IRequest<FactorNameForm>
{
    [Described("What the user calls it.", Required = true, MaxLength = UserFactors.LongestName, Example = "My phone")]
    public Field Name { get; init; }

    public FactorNameForm Read(FieldReader fields) => new(fields.ShortText("name", Name, UserFactors.LongestName)!);
}

/// <param name="Name">the one to be</param>
public sealed record FactorNameForm(string Name);
