using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.Registration;
using Accounts.Core.Users;

namespace Accounts.Api.Registration;

/// <summary>The body of register; <c>password1</c> and <c>password2</c> may stand for <c>password</c>, as in dj-rest-auth.</summary>
public sealed record RegisterRequest
{
    [Described("Letters, digits and `@.+-_`; no address.", Required = true, MaxLength = Core.Users.User.LongestUsername, Example = "ann")]
    public Field Username { get; init; }

    [Described("Where the link and the code are mailed.", Required = true, MaxLength = EmailAddress.Longest, Format = "email", Example = "ann@example.test")]
    public Field Email { get; init; }

    [Described("Not trimmed; no common one, and none made of the user's own data.", MaxLength = PasswordPolicy.Longest, Format = "password", Example = "correct-horse-9")]
    public Field Password { get; init; }

    [Described("In place of `password`, together with `password2`.", MaxLength = PasswordPolicy.Longest, Format = "password")]
    public Field Password1 { get; init; }

    [Described("The same again.", MaxLength = PasswordPolicy.Longest, Format = "password")]
    public Field Password2 { get; init; }

    [Described("May be blank.", MaxLength = Core.Users.User.LongestName, Example = "Ann")]
    public Field FirstName { get; init; }

    [Described("May be blank.", MaxLength = Core.Users.User.LongestName, Example = "Smith")]
    public Field LastName { get; init; }

    public RegistrationForm Read(FieldReader fields)
    {
        var username = fields.Username("username", Username);
        var email = fields.Address("email", Email);
        var twice = Password.IsMissing && !(Password1.IsMissing && Password2.IsMissing);
        var password = twice ? ReadTwice(fields) : fields.Password("password", Password);
        var first = fields.OptionalText("first_name", FirstName, Core.Users.User.LongestName);
        var last = fields.OptionalText("last_name", LastName, Core.Users.User.LongestName);
        return new RegistrationForm(username, email, password, first, last) { PasswordField = twice ? "password1" : "password" };
    }

    private string? ReadTwice(FieldReader fields)
    {
        var first = fields.Password("password1", Password1);
        var second = fields.Password("password2", Password2);
        if (first is not null && second is not null && first != second)
        {
            fields.Errors.Add(FieldErrors.NonField, "The two password fields didn't match.");
        }
        return first;
    }
}
