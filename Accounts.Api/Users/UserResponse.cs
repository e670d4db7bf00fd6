using System.Text.Json;
using System.Text.Json.Serialization;
using Accounts.Api.Http;
using Accounts.Core.Users;
using Accounts.Core.Users.Extra;

namespace Accounts.Api.Users;

/// <summary>A user as <c>me</c> and a sign-in show it.</summary>
/// <param name="Ways">what they sign in with: `password`, providers, `passkey`, and second factors (`totp`); the password first, then the others, oldest first</param>
/// <param name="Locale">the language of their mails; null for the default</param>
public sealed record UserResponse(
    Guid Id, string Username, string Email, bool EmailVerified, string[] Providers,
    string FirstName, string LastName, string[] Roles, bool HasPassword, string[] Ways,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Locale, DateTime DateJoined) : IAnswer<UserResponse>
{
    public static UserResponse Example { get; } = new(
        new Guid("019aa1c2-7b1e-7c55-9f3e-5a1f0c8b2d10"), "ann", "ann@example.test", true, ["google"],
        "Ann", "Smith", ["editor"], true, ["password", "google"], "en-GB", new DateTime(2026, 1, 15, 9, 30, 0, DateTimeKind.Utc));

    /// <summary>Their id in the system that they came from; not there for who signed up here.</summary>
    public string? LegacyId { get; init; }

    /// <summary>The extra fields, which stand beside the others; null where there are none. Set, because the serializer takes what is initialised for its constructor's.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; set; }

    /// <param name="user">as they are now</param>
    /// <param name="extra">the fields that are configured</param>
    public static UserResponse Of(UserProfile user, ExtraFields extra) => new(
        user.Id, user.Username, user.Email, user.EmailVerified, user.Providers,
        user.FirstName, user.LastName, user.Roles, user.HasPassword, user.Ways, user.Locale, user.DateJoined.UtcDateTime)
    {
        LegacyId = user.LegacyId,
        Extra = extra.Shown(user.Extra),
    };
}
