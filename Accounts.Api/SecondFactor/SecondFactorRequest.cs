using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Passkeys;
using Accounts.Core.SignIn;

namespace Accounts.Api.SecondFactor;

/// <summary>The body of login/second-factor.</summary>
public sealed record SecondFactorRequest : IRequest<SecondFactorForm>
{
    [Described("Of the answer `second_factor_required`. Where it is missing, the cookie of the redirect flow counts.", Example = Examples.MailedToken)]
    public Field Ticket { get; init; }

    [Described(FactorFields.CodeText, MaxLength = FieldReader.LongestCode, Example = "123456")]
    public Field Code { get; init; }

    [Described(FactorFields.StateText)]
    public Field State { get; init; }

    [Described(FactorFields.PasskeyText, Type = typeof(object))]
    public Field Passkey { get; init; }

    [Described("`true`: in this browser the user is asked for no second factor for a while. Of administrators, and without cookies, it counts for nothing.", Example = false)]
    public Field TrustDevice { get; init; }

    public SecondFactorForm Read(FieldReader fields) => new(
        fields.Pending("ticket", Ticket, PendingCookie.SignIn)!, fields.Factor(Code, State, Passkey, PasskeyPurpose.SecondFactor)!,
        fields.Boolean("trust_device", TrustDevice, otherwise: false));
}

public sealed record SecondFactorForm(string Ticket, FactorProof Proof, bool TrustsDevice)
{
    public override string ToString() => nameof(SecondFactorForm);
}
