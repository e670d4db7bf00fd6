using Accounts.Api.Http;
using Accounts.Api.Passwords;
using Accounts.Core.Passwords;
using Accounts.Core.Registration;

namespace Accounts.Api.Compatibility.DjRestAuth;

/// <summary>The body of <c>password/change/</c>, whose <c>old_password</c> dj-rest-auth asks for where a setting of its own says so: without it the sign-in was a moment ago.</summary>
public sealed record DjRestAuthPasswordRequest : IRequest<PasswordChangeInput>
{
    public Field OldPassword { get; init; }

    public Field NewPassword1 { get; init; }

    public Field NewPassword2 { get; init; }

    public Field Refresh { get; init; }

    public PasswordChangeInput Read(FieldReader fields)
    {
        var byProof = OldPassword.IsMissing || OldPassword.Kind == FieldKind.Null;
        var old = byProof ? null : fields.Password("old_password", OldPassword);
        var (password, again) = (fields.Password("new_password1", NewPassword1), fields.Password("new_password2", NewPassword2));
        if (password is not null && again is not null && password != again)
        {
            fields.Errors.Add("new_password2", "The two password fields didn’t match.");
        }
        return new PasswordChangeInput(new PasswordChangeForm(old, new NewPassword(password ?? "", "new_password2")) { ByRecentProof = byProof }, Refresh.Text?.Trim());
    }
}

/// <summary>The body of <c>registration/verify-email/</c>.</summary>
public sealed record DjRestAuthKeyRequest : IRequest<VerificationByLink>
{
    public Field Key { get; init; }

    public VerificationByLink Read(FieldReader fields) => new(fields.Text("key", Key)!);
}
