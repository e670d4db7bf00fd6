using System.Security.Cryptography;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Passwords;
using Accounts.Core.Registration;
using Accounts.Core.Users;

namespace Accounts.Development.Testing;

/// <summary>A user for a test.</summary>
/// <param name="SignUp">as who signs up types it</param>
/// <param name="Verified">whether the address is confirmed, too</param>
/// <param name="Roles">that they hold</param>
/// <param name="Totp">whether they have an authenticator app</param>
public sealed record TestUserForm(RegistrationForm SignUp, bool Verified, RoleNames Roles, bool Totp);

/// <summary>The body of user: what it does not say is nobody else's.</summary>
public sealed record TestUserRequest : IRequest<TestUserForm>
{
    public Field Username { get; init; }

    public Field Email { get; init; }

    public Field Password { get; init; }

    public Field FirstName { get; init; }

    public Field LastName { get; init; }

    public Field Verified { get; init; }

    public Field Roles { get; init; }

    public Field Totp { get; init; }

    public TestUserForm Read(FieldReader fields)
    {
        var name = $"test{Random(bytes: 6)}";
        var signUp = new RegistrationForm(
            fields.Username("username", Or(Username, name))!,
            fields.NewEmailAddress("email", Or(Email, $"{name}@example.test"))!,
            // Whatever the rules of the house ask for.
            new NewPassword(fields.Password("password", Or(Password, $"Some-9-{Random(bytes: 16)}")) ?? "", "password"),
            fields.OptionalText("first_name", FirstName, User.LongestName),
            fields.OptionalText("last_name", LastName, User.LongestName),
            fields.Extra(partial: true));
        var verified = fields.Boolean("verified", Verified, otherwise: true);
        var form = new TestUserForm(
            signUp, verified, Roles.IsMissing ? RoleNames.None : fields.Roles("roles", Roles) ?? RoleNames.None, fields.Boolean("totp", Totp, otherwise: false));
        if (!verified && (form.Totp || form.Roles.Names.Length > 0))
        {
            fields.Errors.Add("verified", "Only a user whose e-mail address is verified can hold roles, or have a second factor from the start.");
        }
        return form;
    }

    private static Field Or(Field field, string otherwise) => field.IsMissing || field.Kind == FieldKind.Null ? Field.Of(otherwise) : field;

    private static string Random(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}
