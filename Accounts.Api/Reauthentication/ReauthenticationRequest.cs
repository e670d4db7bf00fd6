using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SecondFactor;
using Accounts.Core.Failures;
using Accounts.Core.Passkeys;
using Accounts.Core.Passwords;
using Accounts.Core.Reauthentication;

namespace Accounts.Api.Reauthentication;

/// <summary>The body of reauthenticate: one proof.</summary>
public sealed record ReauthenticationRequest : IRequest<Reproof>
{
    [Described("The password.", MaxLength = PasswordPolicy.Longest, Format = "password", Example = "correct-horse-9")]
    public Field Password { get; init; }

    [Described(FactorFields.CodeText, MaxLength = 100)]
    public Field Code { get; init; }

    [Described(FactorFields.StateText)]
    public Field State { get; init; }

    [Described(FactorFields.PasskeyText, Type = typeof(object))]
    public Field Passkey { get; init; }

    [Described("Of the mail that `reauthenticate/mail/` sends, 8 digits.", MaxLength = 100)]
    public Field MailCode { get; init; }

    public Reproof Read(FieldReader fields)
    {
        if (new[] { Password, Code, Passkey, MailCode }.Count(field => !field.IsMissing) != 1)
        {
            fields.Errors.Add(FieldErrors.NonField, "Send one proof: password, code, passkey, or mail_code.");
            return null!;
        }
        if (!Password.IsMissing)
        {
            return new ReproofByPassword(fields.Password("password", Password)!);
        }
        return MailCode.IsMissing
            ? new ReproofByFactor(fields.Factor(Code, State, Passkey, PasskeyPurpose.Reauthenticate)!)
            : new ReproofByMail(fields.TypedCode("mail_code", MailCode)!);
    }
}
