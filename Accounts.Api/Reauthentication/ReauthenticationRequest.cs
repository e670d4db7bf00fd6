using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Accounts.Api.SecondFactor;
using Accounts.Api.Sessions;
using Accounts.Api.Social;
using Accounts.Core.Failures;
using Accounts.Core.Passkeys;
using Accounts.Core.Passwords;
using Accounts.Core.Reauthentication;
using Accounts.Core.Social;

namespace Accounts.Api.Reauthentication;

/// <summary>The body of reauthenticate: one proof.</summary>
public sealed record ReauthenticationRequest : IRequest<Reproof>
{
    [Described("The password.", MaxLength = PasswordPolicy.Longest, Format = "password", Example = "correct-horse-9")]
    public Field Password { get; init; }

    [Described("In place of `password`: a provider that is connected, with `code` and `state` of a begin whose `mode` was `reauthenticate`.")]
    public Field Provider { get; init; }

    [Described($"{FactorFields.CodeText} With `provider`, what it sent the browser back with.")]
    public Field Code { get; init; }

    [Described($"{FactorFields.StateText} With `provider`, of its begin.")]
    public Field State { get; init; }

    [Described(FactorFields.PasskeyText, Type = typeof(object))]
    public Field Passkey { get; init; }

    [Described("Of the mail that `reauthenticate/mail/` sends, 8 digits.", MaxLength = FieldReader.LongestCode)]
    public Field MailCode { get; init; }

    public Reproof Read(FieldReader fields)
    {
        if (new[] { Password, Provider.IsMissing ? Code : Provider, Passkey, MailCode }.Count(field => !field.IsMissing) != 1)
        {
            fields.Errors.Add(FieldErrors.NonField, "Send one proof: password, code, passkey, mail_code, or provider with code and state.");
            return null!;
        }
        if (!Provider.IsMissing)
        {
            return ReadProvider(fields);
        }
        if (!Password.IsMissing)
        {
            return new ReproofByPassword(fields.Password("password", Password)!);
        }
        return MailCode.IsMissing
            ? new ReproofByFactor(fields.Factor(Code, State, Passkey, PasskeyPurpose.Reauthenticate)!)
            : new ReproofByMail(fields.TypedCode("mail_code", MailCode)!);
    }

    private ReproofByProvider ReadProvider(FieldReader fields)
    {
        var (name, code, state) = (fields.Text("provider", Provider), fields.Text("code", Code), fields.Text("state", State));
        var (context, services) = (fields.Context, fields.Context.RequestServices);
        var handler = name is null ? null : services.GetRequiredService<SocialProviders>().Find(context, name);
        var bodyMode = services.GetRequiredService<TokenTransport>().IsBodyAskedFor(context.Request);
        return new ReproofByProvider(async (live, cancellation) =>
        {
            var codes = services.GetRequiredService<SocialCodes>();
            return await codes.FetchAsync(handler!, code!, await codes.SpendAsync(context, handler!, state!, SocialMode.Prove, live.User.Id, bodyMode, cancellation));
        });
    }
}
