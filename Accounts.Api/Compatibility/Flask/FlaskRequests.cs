using Accounts.Api.Http;
using Accounts.Core.Passwords;
using Accounts.Core.Registration;
using Accounts.Core.Users;

namespace Accounts.Api.Compatibility.Flask;

/// <summary>What Python takes for nothing: missing, null, or empty.</summary>
internal static class FlaskFields
{
    /// <exception cref="FlaskRefusedException">one of them is nothing</exception>
    public static void Demand(int status, string text, params Field[] fields)
    {
        if (fields.Any(field => field.IsMissing || field.Kind == FieldKind.Null || field.Text is ""))
        {
            throw new FlaskRefusedException(status, text);
        }
    }
}

/// <summary>The body of <c>POST /login</c>.</summary>
public sealed record FlaskLoginRequest : IRequest<Credentials>
{
    public Field Email { get; init; }

    public Field Password { get; init; }

    public Credentials Read(FieldReader fields)
    {
        FlaskFields.Demand(400, "Email and password required", Email, Password);
        return new Credentials(fields.Address("email", Email)!, fields.Password("password", Password)!);
    }
}

/// <summary>The body of <c>auth/login</c>.</summary>
public sealed record FlaskAuthLoginRequest : IRequest<Credentials>
{
    public Field Username { get; init; }

    public Field Password { get; init; }

    public Credentials Read(FieldReader fields)
    {
        FlaskFields.Demand(400, "missing credentials", Username, Password);
        return new Credentials(fields.Text("username", Username)!, fields.Password("password", Password)!);
    }
}

/// <summary>The body of <c>POST api/authenticate</c>.</summary>
public sealed record FlaskAuthenticateRequest : IRequest<Credentials>
{
    public Field Uid { get; init; }

    public Field Password { get; init; }

    public Credentials Read(FieldReader fields)
    {
        FlaskFields.Demand(401, "User ID is missing", Uid);
        FlaskFields.Demand(401, "Password is missing", Password);
        return new Credentials(fields.Text("uid", Uid)!, fields.Password("password", Password)!);
    }
}

/// <summary>The body of <c>auth/register</c>.</summary>
public sealed record FlaskRegisterRequest : IRequest<RegistrationForm>
{
    public Field Username { get; init; }

    public Field Email { get; init; }

    public Field Password { get; init; }

    public RegistrationForm Read(FieldReader fields)
    {
        FlaskFields.Demand(400, "All fields required", Username, Email, Password);
        return new Registration.RegisterRequest { Username = Username, Email = Email, Password = Password }.Read(fields);
    }
}

/// <summary>The body of <c>auth/reset_password/{token}</c>.</summary>
public sealed record FlaskResetRequest : IRequest<NewPassword>
{
    public Field Password { get; init; }

    public NewPassword Read(FieldReader fields) => new(fields.Password("password", Password) ?? "", "password");
}

/// <summary>The body of <c>auth/change_password</c>.</summary>
public sealed record FlaskPasswordRequest : IRequest<PasswordChangeForm>
{
    public Field CurrentPassword { get; init; }

    public Field NewPassword { get; init; }

    public PasswordChangeForm Read(FieldReader fields)
    {
        var old = fields.Context.LiveSession().User.HasPassword ? fields.Password("current_password", CurrentPassword) : null;
        return new PasswordChangeForm(old, new NewPassword(fields.Password("new_password", NewPassword) ?? "", "new_password"));
    }
}

/// <summary>The body of <c>auth/update_profile</c>; what is not sent stays.</summary>
public sealed record FlaskProfileRequest : IRequest<FlaskProfileForm>
{
    public Field Username { get; init; }

    public Field Email { get; init; }

    public FlaskProfileForm Read(FieldReader fields)
    {
        var user = fields.Context.LiveSession().User;
        var username = Username.IsMissing || Username.Text?.Trim() == user.Username ? null : fields.Username("username", Username);
        var email = Email.IsMissing ? null : fields.NewEmailAddress("email", Email);
        return new FlaskProfileForm(username, email is null || email.Key == EmailAddress.Parse(user.Email).Key ? null : email);
    }
}

/// <param name="Username">null for the one of before</param>
/// <param name="NewEmail">null for the one of before</param>
public sealed record FlaskProfileForm(Username? Username, EmailAddress? NewEmail);
