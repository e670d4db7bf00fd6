using System.Text.Json.Serialization;
using Accounts.Api.Http;
using Accounts.Core.Social;

namespace Accounts.Api.Social;

/// <summary>A connected account.</summary>
public sealed record SocialAccountResponse(
    string Provider, string Name, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Email,
    DateTime ConnectedAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTime? LastUsedAt)
    : IAnswer<SocialAccountResponse>
{
    public static SocialAccountResponse Example { get; } = new(
        "google", "Google", "ann@example.test", new DateTime(2026, 1, 15, 9, 30, 0, DateTimeKind.Utc), new DateTime(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc));

    public static SocialAccountResponse Of(ListedIdentity identity) => new(
        identity.Provider, identity.Name, identity.Email, identity.ConnectedAt.UtcDateTime, identity.LastUsedAt?.UtcDateTime);
}
