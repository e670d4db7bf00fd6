using Accounts.Api.Http;
using Accounts.Core;
using Accounts.Core.Users;

namespace Accounts.Api.Users;

/// <summary>The body of register; <c>password1</c> and <c>password2</c> may stand for <c>password</c>, as in dj-rest-auth.</summary>
public sealed record RegisterRequest
{
    public Field Username { get; init; }

    public Field Email { get; init; }

    public Field Password { get; init; }

    public Field Password1 { get; init; }

    public Field Password2 { get; init; }

    public Field FirstName { get; init; }

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
