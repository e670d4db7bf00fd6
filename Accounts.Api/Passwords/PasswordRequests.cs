using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Api.Users;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.Users;

namespace Accounts.Api.Passwords;

/// <summary>The body of password/change.</summary>
public sealed record PasswordChangeRequest : IRequest<PasswordChangeInput>
{
    [Described("The password until now; not looked at where there is none.", MaxLength = PasswordPolicy.Longest, Format = "password", Example = "correct-horse-9")]
    public Field OldPassword { get; init; }

    [Described("Not trimmed; no common one, and none made of the user's own data.", MaxLength = PasswordPolicy.Longest, Format = "password", Example = "battery-staple-7")]
    public Field NewPassword { get; init; }

    [Described("In place of `new_password`, together with `new_password2`.", MaxLength = PasswordPolicy.Longest, Format = "password")]
    public Field NewPassword1 { get; init; }

    [Described("The same again.", MaxLength = PasswordPolicy.Longest, Format = "password")]
    public Field NewPassword2 { get; init; }

    [Described("The refresh token, in body mode; otherwise the cookie brings it.")]
    public Field Refresh { get; init; }

    public PasswordChangeInput Read(FieldReader fields)
    {
        var user = fields.Context.LiveSession().User;
        var old = user.HasPassword ? fields.Password("old_password", OldPassword) : null;
        var password = NewPasswordFields.Read(fields, NewPassword, NewPassword1, NewPassword2);
        if (password is not null && Policy(fields).Mistake(password, user.Username, EmailAddress.Parse(user.Email)) is { } mistake)
        {
            fields.Errors.Add(password.Field, mistake);
        }
        return new PasswordChangeInput(new PasswordChangeForm(old, password!), Refresh.Text?.Trim());
    }

    /// <summary>The flow asks it again; here all fields at fault are told at once.</summary>
    private static PasswordPolicy Policy(FieldReader fields) => fields.Context.RequestServices.GetRequiredService<PasswordPolicy>();
}

/// <summary>The passwords, and the refresh token that came along in the body.</summary>
public sealed record PasswordChangeInput(PasswordChangeForm Form, string? Refresh)
{
    public override string ToString() => nameof(PasswordChangeInput);
}

/// <summary>The answer to a change; all but the detail is there where the request carried its refresh token.</summary>
/// <param name="Access">The access token of the new session: a JWT. Absent in session mode.</param>
/// <param name="AccessExpiresIn">Seconds.</param>
/// <param name="Refresh">The refresh token, in body mode only.</param>
public sealed record PasswordChangeResponse(string Detail, string? Access, int? AccessExpiresIn, string? Refresh, UserResponse? User)
    : IAnswer<PasswordChangeResponse>
{
    /// <summary>The session token, of who has it in bodies.</summary>
    public string? SessionToken { get; init; }

    private static readonly Sentence Saved = "New password has been saved.";

    public static PasswordChangeResponse Example => Of(LoginResponse.Example, example => example.ToString());

    public static PasswordChangeResponse Of(LoginResponse? signedIn, Func<Sentence, string> say) =>
        new(say(Saved), signedIn?.Access, signedIn?.AccessExpiresIn, signedIn?.Refresh, signedIn?.User) { SessionToken = signedIn?.SessionToken };

    public override string ToString() => nameof(PasswordChangeResponse);
}

/// <summary>A new password, typed once or, as in dj-rest-auth, twice; told of under the names that Django's form has.</summary>
internal static class NewPasswordFields
{
    private const string Once = "new_password", First = "new_password1", Second = "new_password2";

    public static NewPassword? Read(FieldReader fields, Field once, Field first, Field second)
    {
        if (!once.IsMissing || (first.IsMissing && second.IsMissing))
        {
            return fields.Password(Once, once) is { } single ? new NewPassword(single, Once) : null;
        }
        var (password, again) = (fields.Password(First, first), fields.Password(Second, second));
        if (password is not null && again is not null && password != again)
        {
            fields.Errors.Add(Second, "The two password fields didn’t match.");
        }
        return password is null ? null : new NewPassword(password, Second);
    }
}
