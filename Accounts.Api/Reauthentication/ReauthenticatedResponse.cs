using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Sessions;

namespace Accounts.Api.Reauthentication;

/// <summary>The proof.</summary>
/// <param name="Access">An access token in which it stands (`auth_time`, `amr`, `acr`). Absent in session mode.</param>
/// <param name="AccessExpiresIn">Seconds.</param>
/// <param name="SessionToken">In session mode with bodies: the token of the session that takes the place of the one before.</param>
public sealed record ReauthenticatedResponse(string? Access, int? AccessExpiresIn, string? SessionToken) : IAnswer<ReauthenticatedResponse>
{
    public static ReauthenticatedResponse Example { get; } = new(Examples.AccessToken, 600, null);

    public static ReauthenticatedResponse Of(AccessToken token) => new(token.Text, (int)token.Lifetime.TotalSeconds, null);

    public override string ToString() => nameof(ReauthenticatedResponse);
}
