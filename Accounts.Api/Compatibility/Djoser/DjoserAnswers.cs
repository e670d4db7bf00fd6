using System.Text.Json.Serialization;
using Accounts.Core.Users;

namespace Accounts.Api.Compatibility.Djoser;

/// <summary>A user as djoser shows them.</summary>
/// <param name="Id">a UUID; of who has just signed up by an invitation left out</param>
/// <param name="LegacyId">of who was imported: the id of before</param>
public sealed record DjoserUserResponse(string Email, Guid? Id, string Username, string? LegacyId = null)
{
    public static DjoserUserResponse Of(UserProfile user) => new(user.Email, user.Id, user.Username, user.LegacyId);
}

/// <summary>For <c>Authorization: Token</c>.</summary>
public sealed record AuthTokenResponse([property: JsonPropertyName("auth_token")] string AuthToken)
{
    public override string ToString() => nameof(AuthTokenResponse);
}
