using Accounts.Api.Http;
using Accounts.Api.Passkeys;
using Accounts.Core.Passkeys;
using Accounts.Core.SignIn;

namespace Accounts.Api.SecondFactor;

/// <summary>What a body proves a second factor by.</summary>
public static class FactorFields
{
    public const string CodeText = "Of the authenticator, 6 digits; or a recovery code.", StateText = "Of the beginning of a passkey's ceremony, beside `passkey`.";

    public const string PasskeyText = "What `PublicKeyCredential.toJSON()` gives; in a form the same as text.";

    /// <summary>One of them.</summary>
    /// <param name="fields">of the body</param>
    /// <param name="code">that was typed</param>
    /// <param name="state">of a ceremony</param>
    /// <param name="passkey">the answer to it</param>
    /// <param name="purpose">that the ceremony must have begun for</param>
    public static FactorProof? Factor(this FieldReader fields, Field code, Field state, Field passkey, PasskeyPurpose purpose)
    {
        if (passkey.IsMissing)
        {
            return fields.TypedCode("code", code) is { } typed ? new FactorByCode(typed) : null;
        }
        return fields.Text("state", state) is { } begun && fields.Object("passkey", passkey) is { } answer
            ? new FactorByPasskey(new PresentedPasskey(begun, answer), purpose, fields.Context)
            : null;
    }
}
