using Accounts.Api.Docs;
using Accounts.Api.Http;

namespace Accounts.Api.Sessions;

/// <summary>The body of logout in body mode.</summary>
public sealed record RefreshRequest
{
    [Described("The refresh token, in body mode; otherwise the cookie brings it.", Example = Examples.RefreshToken)]
    public Field Refresh { get; init; }
}

/// <summary>The answer to a refresh.</summary>
/// <param name="Access">The access token: a JWT.</param>
/// <param name="AccessExpiresIn">Seconds.</param>
/// <param name="Refresh">The next refresh token, in body mode only.</param>
public sealed record RefreshResponse(string Access, int AccessExpiresIn, string? Refresh) : IAnswer<RefreshResponse>
{
    public static RefreshResponse Example { get; } = new(Examples.AccessToken, 600, null);

    public override string ToString() => nameof(RefreshResponse);
}
