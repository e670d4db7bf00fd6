using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;

namespace Accounts.Api.SignIn;

/// <summary>The answer to a sign-in.</summary>
/// <param name="Access">The access token: a JWT. Absent in session mode.</param>
/// <param name="AccessExpiresIn">Seconds.</param>
/// <param name="Refresh">The refresh token, in body mode only.</param>
public sealed record LoginResponse(string? Access, int? AccessExpiresIn, string? Refresh, UserResponse User) : IAnswer<LoginResponse>
{
    /// <summary>The session token, where session mode was asked for with bodies.</summary>
    public string? SessionToken { get; init; }

    /// <summary>Whether a deleted account is back; else not there.</summary>
    public bool? Restored { get; init; }

    public static LoginResponse Example { get; } = new(Examples.AccessToken, 600, null, UserResponse.Example);

    public override string ToString() => nameof(LoginResponse);
}
