using System.Text.Json.Serialization;
using Accounts.Api.SignIn;
using Accounts.Api.Users;
using Accounts.Core.Users;

namespace Accounts.Api.Compatibility.DjRestAuth;

/// <summary>A user as dj-rest-auth shows them.</summary>
/// <param name="Pk">a UUID</param>
/// <param name="LegacyId">of who was imported: the id of before</param>
public sealed record DjRestAuthUserResponse(Guid Pk, string Username, string Email, string FirstName, string LastName, string? LegacyId)
{
    public static DjRestAuthUserResponse Of(UserProfile user) => new(user.Id, user.Username, user.Email, user.FirstName, user.LastName, user.LegacyId);

    public static DjRestAuthUserResponse Of(UserResponse user) => new(user.Id, user.Username, user.Email, user.FirstName, user.LastName, user.LegacyId);
}

/// <summary>The answer to a sign-in, with JWTs.</summary>
/// <param name="Refresh">empty where the cookie has it, as with <c>JWT_AUTH_HTTPONLY</c></param>
public sealed record DjRestAuthTokensResponse(string Access, string Refresh, DjRestAuthUserResponse User)
{
    public static DjRestAuthTokensResponse Of(LoginResponse tokens) => new(tokens.Access!, tokens.Refresh ?? "", DjRestAuthUserResponse.Of(tokens.User));

    public override string ToString() => nameof(DjRestAuthTokensResponse);
}

/// <summary>The answer to a refresh.</summary>
/// <param name="Refresh">the next one, in bodies only</param>
/// <param name="AccessExpiration">when <paramref name="Access"/> ends</param>
public sealed record DjRestAuthRefreshResponse(string Access, string? Refresh, DateTime AccessExpiration)
{
    public override string ToString() => nameof(DjRestAuthRefreshResponse);
}

/// <summary>For <c>Authorization: Token</c>, without JWTs.</summary>
public sealed record DjRestAuthKeyResponse([property: JsonPropertyName("key")] string Key)
{
    public override string ToString() => nameof(DjRestAuthKeyResponse);
}
