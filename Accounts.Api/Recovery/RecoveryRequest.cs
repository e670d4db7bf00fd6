using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SecondFactor;
using Accounts.Core.Passkeys;
using Accounts.Core.Passwords;
using Accounts.Core.Recovery;

namespace Accounts.Api.Recovery;

/// <summary>The body of security/recover.</summary>
public sealed record RecoveryRequest : IRequest<RecoveryForm>
{
    [Described("The token of the mail that freezing has sent.", Required = true, Example = Examples.MailedToken)]
    public Field Token { get; init; }

    [Described("Not trimmed; no common one, and none made of the user's own data.", Required = true, MaxLength = PasswordPolicy.Longest, Format = "password", Example = "battery-staple-7")]
    public Field NewPassword { get; init; }

    [Described("Of who had a second factor before the change: a code of it, or a recovery code.", MaxLength = FieldReader.LongestCode)]
    public Field Code { get; init; }

    [Described(FactorFields.StateText)]
    public Field State { get; init; }

    [Described($"In place of `code`: {FactorFields.PasskeyText}", Type = typeof(object))]
    public Field Passkey { get; init; }

    public RecoveryForm Read(FieldReader fields)
    {
        var token = fields.Text("token", Token);
        var password = fields.Password("new_password", NewPassword) is { } text ? new NewPassword(text, "new_password") : null;
        var bare = Passkey.IsMissing && (Code.IsMissing || Code.IsBlank);
        return new RecoveryForm(token!, password!, bare ? null : fields.Factor(Code, State, Passkey, PasskeyPurpose.Recover));
    }
}
