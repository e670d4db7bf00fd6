using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.Registration;
using Accounts.Core.Users;

namespace Accounts.Api.Registration;

/// <summary>The body of register; <c>password1</c> and <c>password2</c> may stand for <c>password</c>, as in dj-rest-auth.</summary>
[TakesExtraFields]
public sealed record RegisterRequest : IRequest<RegistrationForm>
{
    [Described("Letters, digits and `@.+-_`; no address.", Required = true, MaxLength = Core.Users.Username.Longest, Example = "ann")]
    public Field Username { get; init; }

    [Described("Where the link and the code are mailed.", Required = true, MaxLength = EmailAddress.Longest, Format = "email", Example = "ann@example.test")]
    public Field Email { get; init; }

    [Described("Not trimmed; no common one, and none made of the user's own data.", MaxLength = PasswordPolicy.Longest, Format = "password", Example = "correct-horse-9")]
    public Field Password { get; init; }

    [Described("In place of `password`, together with `password2`.", MaxLength = PasswordPolicy.Longest, Format = "password")]
    public Field Password1 { get; init; }

    [Described("The same again.", MaxLength = PasswordPolicy.Longest, Format = "password")]
    public Field Password2 { get; init; }

    [Described("May be blank.", MaxLength = User.LongestName, Example = "Ann")]
    public Field FirstName { get; init; }

    [Described("May be blank.", MaxLength = User.LongestName, Example = "Smith")]
    public Field LastName { get; init; }

    public RegistrationForm Read(FieldReader fields)
    {
        var services = fields.Context.RequestServices;
        services.GetRequiredService<UserRegistration>().DemandOpen();
        var username = fields.Username("username", Username);
        var email = fields.NewEmailAddress("email", Email);
        var password = ReadPassword(fields);
        if (password is not null && services.GetRequiredService<PasswordPolicy>().Mistake(password, Username.Text ?? "", email) is { } mistake)
        {
            fields.Errors.Add(password.Field, mistake);
        }
        var first = fields.OptionalText("first_name", FirstName, User.LongestName);
        var last = fields.OptionalText("last_name", LastName, User.LongestName);
        return new RegistrationForm(username!, email!, password!, first, last, fields.Extra(partial: false));
    }

    private NewPassword? ReadPassword(FieldReader fields)
    {
        if (!Password.IsMissing || (Password1.IsMissing && Password2.IsMissing))
        {
            return fields.Password("password", Password) is { } once ? new NewPassword(once, "password") : null;
        }
        var (first, second) = (fields.Password("password1", Password1), fields.Password("password2", Password2));
        if (first is not null && second is not null && first != second)
        {
            fields.Errors.Add(FieldErrors.NonField, "The two password fields didn't match.");
        }
        return first is null ? null : new NewPassword(first, "password1");
    }
}
