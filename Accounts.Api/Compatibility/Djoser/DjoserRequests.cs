using Accounts.Api.Http;
using Accounts.Api.Passwords;
using Accounts.Api.Registration;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.Passwords.Reset;
using Accounts.Core.Registration;
using Accounts.Core.Users;

namespace Accounts.Api.Compatibility.Djoser;

/// <summary>What djoser has typed twice where a setting of its own says so: here it is, where it is sent.</summary>
internal static class Retyped
{
    private static readonly Sentence Different = "The two password fields didn't match.";

    public static void Demand(FieldReader fields, string name, Field first, Field again)
    {
        if (!again.IsMissing && again.Text != first.Text)
        {
            fields.Errors.Add(name, Different);
        }
    }
}

/// <summary>The body of <c>users/</c>: ours, and <c>re_password</c>.</summary>
public sealed record DjoserUserRequest : IRequest<RegistrationForm>
{
    public Field Username { get; init; }

    public Field Email { get; init; }

    public Field Password { get; init; }

    public Field RePassword { get; init; }

    public Field FirstName { get; init; }

    public Field LastName { get; init; }

    public Field Invitation { get; init; }

    public RegistrationForm Read(FieldReader fields)
    {
        Retyped.Demand(fields, "re_password", Password, RePassword);
        return new RegisterRequest { Username = Username, Email = Email, Password = Password, FirstName = FirstName, LastName = LastName, Invitation = Invitation }.Read(fields);
    }
}

/// <summary>The body of <c>users/set_password/</c>.</summary>
public sealed record DjoserPasswordRequest : IRequest<PasswordChangeInput>
{
    public Field CurrentPassword { get; init; }

    public Field NewPassword { get; init; }

    public Field ReNewPassword { get; init; }

    public Field Refresh { get; init; }

    public PasswordChangeInput Read(FieldReader fields)
    {
        Retyped.Demand(fields, "re_new_password", NewPassword, ReNewPassword);
        return new PasswordChangeRequest { OldPassword = CurrentPassword, NewPassword = NewPassword, Refresh = Refresh }.Read(fields);
    }
}

/// <summary>The body of <c>users/reset_password_confirm/</c>. The <c>uid</c> says nothing that the token does not.</summary>
public sealed record DjoserResetRequest : IRequest<ResetByLink>
{
    public Field Token { get; init; }

    public Field NewPassword { get; init; }

    public Field ReNewPassword { get; init; }

    public ResetByLink Read(FieldReader fields)
    {
        Retyped.Demand(fields, "re_new_password", NewPassword, ReNewPassword);
        var password = fields.Password("new_password", NewPassword);
        return new ResetByLink(fields.Text("token", Token)!) { NewPassword = new NewPassword(password ?? "", "new_password") };
    }
}

/// <summary>The body of <c>users/activation/</c>.</summary>
public sealed record DjoserActivationRequest : IRequest<VerificationByLink>
{
    public Field Token { get; init; }

    public VerificationByLink Read(FieldReader fields) => new(fields.Text("token", Token)!);
}

/// <summary>The body of <c>users/set_username/</c>.</summary>
public sealed record DjoserUsernameRequest : IRequest<DjoserUsernameForm>
{
    public Field NewUsername { get; init; }

    public Field ReNewUsername { get; init; }

    public Field CurrentPassword { get; init; }

    public DjoserUsernameForm Read(FieldReader fields)
    {
        if (!ReNewUsername.IsMissing && ReNewUsername.Text?.Trim() != NewUsername.Text?.Trim())
        {
            fields.Errors.Add("re_new_username", "The two username fields didn't match.");
        }
        return new DjoserUsernameForm(fields.Username("new_username", NewUsername)!, fields.Password("current_password", CurrentPassword)!);
    }
}

public sealed record DjoserUsernameForm(Username Username, string Password)
{
    public override string ToString() => nameof(DjoserUsernameForm);
}

/// <summary>The body of <c>DELETE users/me/</c>.</summary>
public sealed record DjoserDeletionRequest : IRequest<string>
{
    public Field CurrentPassword { get; init; }

    public string Read(FieldReader fields) => fields.Password("current_password", CurrentPassword)!;
}
