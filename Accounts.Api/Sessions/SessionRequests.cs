using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Passwords;

namespace Accounts.Api.Sessions;

/// <summary>The body of login. Either of <c>email</c> and <c>username</c> takes an address or a username.</summary>
public sealed record LoginRequest
{
    [Described("An address or a username.", Example = "ann@example.test")]
    public Field Email { get; init; }

    [Described("The same, in place of `email`.")]
    public Field Username { get; init; }

    [Described("As it was chosen.", Required = true, MaxLength = PasswordPolicy.Longest, Format = "password", Example = "correct-horse-9")]
    public Field Password { get; init; }

    [Described("`false`: the session goes with the browser, and after a day without use.", Example = true)]
    public Field Remember { get; init; }

    public (Credentials Credentials, bool Remember) Read()
    {
        var fields = new FieldReader();
        var identifier = Email.IsMissing && !Username.IsMissing ? fields.Text("username", Username) : fields.Address("email", Email);
        var password = fields.Password("password", Password);
        var remember = fields.Boolean("remember", Remember, otherwise: true);
        fields.Errors.ThrowIfAny();
        return (new Credentials(identifier!, password!), remember);
    }
}

/// <summary>The body of logout in body mode.</summary>
public sealed record RefreshRequest
{
    [Described("The refresh token, in body mode; otherwise the cookie brings it.", Example = Examples.RefreshToken)]
    public Field Refresh { get; init; }
}

/// <summary>The answer to a sign-in.</summary>
/// <param name="Access">The access token: a JWT.</param>
/// <param name="AccessExpiresIn">Seconds.</param>
/// <param name="Refresh">The refresh token, in body mode only.</param>
public sealed record LoginResponse(string Access, int AccessExpiresIn, string? Refresh, UserResponse User)
{
    public override string ToString() => nameof(LoginResponse);
}

/// <summary>The answer to a refresh.</summary>
/// <param name="Access">The access token: a JWT.</param>
/// <param name="AccessExpiresIn">Seconds.</param>
/// <param name="Refresh">The next refresh token, in body mode only.</param>
public sealed record RefreshResponse(string Access, int AccessExpiresIn, string? Refresh)
{
    public override string ToString() => nameof(RefreshResponse);
}
