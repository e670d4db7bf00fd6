using Accounts.Api.Docs;
using Accounts.Api.Http;

namespace Accounts.Api.Sessions;

/// <summary>The body of refresh and of logout, in body mode.</summary>
public sealed record RefreshRequest : IRequest<RefreshForm>
{
    [Described("The refresh token, in body mode; otherwise the cookie brings it.", Example = Examples.RefreshToken)]
    public Field Refresh { get; init; }

    public RefreshForm Read(FieldReader fields) => new(Refresh.Text?.Trim());
}

/// <param name="Refresh">null where it did not come in the body</param>
public sealed record RefreshForm(string? Refresh)
{
    public override string ToString() => nameof(RefreshForm);
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
