using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Passwords;

namespace Accounts.Api.Passwords;

/// <summary>The body of login. Either of <c>email</c> and <c>username</c> takes an address or a username.</summary>
public sealed record LoginRequest : IRequest<LoginForm>
{
    [Described("An address or a username.", Example = "ann@example.test")]
    public Field Email { get; init; }

    [Described("The same, in place of `email`.")]
    public Field Username { get; init; }

    [Described("As it was chosen.", Required = true, MaxLength = PasswordPolicy.Longest, Format = "password", Example = "correct-horse-9")]
    public Field Password { get; init; }

    [Described("`false`: the session goes with the browser, and after a day without use.", Example = true)]
    public Field Remember { get; init; }

    [Described("`true`: a deleted account is had back, while it may be.", Example = false)]
    public Field Restore { get; init; }

    public LoginForm Read(FieldReader fields)
    {
        var identifier = IsByUsername ? fields.Text("username", Username) : fields.Address("email", Email);
        var password = fields.Password("password", Password);
        var remember = fields.Boolean("remember", Remember, otherwise: true);
        return new LoginForm(new Credentials(identifier!, password!), remember, fields.Boolean("restore", Restore, otherwise: false));
    }

    /// <summary>Front ends send all fields of their form; an empty one beside the other counts as absent.</summary>
    private bool IsByUsername => IsEmpty(Username) ? Email.IsMissing && !Username.IsMissing : IsEmpty(Email);

    private static bool IsEmpty(Field field) => field.IsMissing || field.IsBlank || field.Kind == FieldKind.Null;
}

/// <summary>What a person types to sign in, whether the session outlives the browser, and whether a deleted account is wanted back.</summary>
public sealed record LoginForm(Credentials Credentials, bool Remember, bool Restore);
