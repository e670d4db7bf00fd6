using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Sessions;

namespace Accounts.Api.Sessions;

/// <summary>The body of login. Either of <c>email</c> and <c>username</c> takes an address or a username.</summary>
public sealed record LoginRequest
{
    public Field Email { get; init; }

    public Field Username { get; init; }

    public Field Password { get; init; }

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
    public Field Refresh { get; init; }
}

/// <summary>The answer to a sign-in; <c>refresh</c> in body mode only.</summary>
public sealed record LoginResponse(string Access, int AccessExpiresIn, string? Refresh, UserResponse User);

/// <summary>The answer to a refresh; <c>refresh</c> in body mode only.</summary>
public sealed record RefreshResponse(string Access, int AccessExpiresIn, string? Refresh);
