using Accounts.Api.Http;
using Accounts.Api.Passwords;
using Accounts.Core.Passwords;

namespace Accounts.Api.Compatibility;

/// <summary>The body of a sign-in as the libraries have it: by the username, which an address is taken for, too; by <c>email</c> where that is sent instead.</summary>
public sealed record AliasLoginRequest : IRequest<LoginForm>
{
    public Field Username { get; init; }

    public Field Email { get; init; }

    public Field Password { get; init; }

    public Field Restore { get; init; }

    public LoginForm Read(FieldReader fields)
    {
        var identifier = IsEmpty(Email) ? fields.Text("username", Username) : fields.Address("email", Email);
        var password = fields.Password("password", Password);
        return new LoginForm(new Credentials(identifier!, password!), Remember: true, fields.Boolean("restore", Restore, otherwise: false));
    }

    private static bool IsEmpty(Field field) => field.IsMissing || field.IsBlank || field.Kind == FieldKind.Null;
}
