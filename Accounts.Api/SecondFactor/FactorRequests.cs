using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.SecondFactor;
using Accounts.Core.SecondFactor.Totp;

namespace Accounts.Api.SecondFactor;

/// <summary>The body of factors/totp/confirm.</summary>
public sealed record TotpConfirmRequest : IRequest<TotpConfirmForm>
{
    [Described("The six digits that the app shows.", Required = true, Example = "492039")]
    public Field Code { get; init; }

    [Described("What the user calls the app; `Authenticator app` where it is absent or blank.", MaxLength = UserFactors.LongestName, Example = "My phone")]
    public Field Name { get; init; }

    public TotpConfirmForm Read(FieldReader fields) =>
        new(fields.TypedCode("code", Code)!, fields.OptionalText("name", Name, UserFactors.LongestName));
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
