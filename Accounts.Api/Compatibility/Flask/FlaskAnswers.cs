using System.Text.Json.Serialization;
using Accounts.Core.Users;

namespace Accounts.Api.Compatibility.Flask;

/// <summary>The tutorials' words are part of their wire: front ends compare them.</summary>
public sealed record FlaskOkResponse(bool Ok, string Msg)
{
    public static FlaskOkResponse Of(string msg) => new(true, msg);
}

/// <param name="Id">a UUID</param>
/// <param name="LegacyId">of who was imported: the id of before</param>
public sealed record FlaskUserResponse(Guid Id, string Username, string Email, string? LegacyId)
{
    public static FlaskUserResponse Of(UserProfile user) => new(user.Id, user.Username, user.Email, user.LegacyId);
}

/// <summary>Who is signed in; null for nobody.</summary>
public sealed record FlaskCurrentUserResponse(bool Ok, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] FlaskUserResponse? User)
{
    public static FlaskCurrentUserResponse Of(UserProfile? user) => new(user is not null, user is null ? null : FlaskUserResponse.Of(user));
}

/// <summary>The answer to <c>POST /login</c>.</summary>
/// <param name="SessionToken"><see cref="AliasSignIn.InCookie"/> where the browser has it</param>
public sealed record FlaskLoginResponse(bool Success, [property: JsonPropertyName("sessionToken")] string SessionToken, FlaskLoginUserResponse User)
{
    public override string ToString() => nameof(FlaskLoginResponse);
}

/// <inheritdoc cref="FlaskUserResponse"/>
public sealed record FlaskLoginUserResponse(Guid Id, string Email, string? LegacyId);

/// <summary>A page of users, for administrators.</summary>
public sealed record FlaskUsersResponse(bool Ok, FlaskListedUserResponse[] Users);

/// <inheritdoc cref="FlaskUserResponse"/>
public sealed record FlaskListedUserResponse(Guid Id, string Username, string Email, bool IsVerified, string[] Roles, string? LegacyId)
{
    public static FlaskListedUserResponse Of(UserProfile user) => new(user.Id, user.Username, user.Email, user.EmailVerified, user.Roles, user.LegacyId);
}
