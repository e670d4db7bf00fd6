using Accounts.Api.Docs;
using Accounts.Api.Http;
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

    public RecoveryForm Read(FieldReader fields)
    {
        var token = fields.Text("token", Token);
        return new RecoveryForm(token!, fields.Password("new_password", NewPassword) is { } password ? new NewPassword(password, "new_password") : null!);
    }
}
