using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Sessions;

namespace Accounts.Api.Reauthentication;

/// <summary>The proof.</summary>
/// <param name="Access">An access token in which it stands (`auth_time`, `amr`, `acr`).</param>
/// <param name="AccessExpiresIn">Seconds.</param>
public sealed record ReauthenticatedResponse(string Access, int AccessExpiresIn) : IAnswer<ReauthenticatedResponse>
{
    public static ReauthenticatedResponse Example { get; } = new(Examples.AccessToken, 600);

    public static ReauthenticatedResponse Of(AccessToken token) => new(token.Text, (int)token.Lifetime.TotalSeconds);

    public override string ToString() => nameof(ReauthenticatedResponse);
}
