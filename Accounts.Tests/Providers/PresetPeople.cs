using System.Text.Json.Nodes;
using Accounts.Tests.Support;

namespace Accounts.Tests.Providers;

/// <summary>Somebody whom <see cref="PresetDouble"/> knows: the claims of the ID token, or Discord's profile.</summary>
internal static class PresetPeople
{
    public const string Tenant = "11111111-2222-3333-4444-555555555555";

    public static JsonObject Microsofts(this PresetDouble provider, string tenant = Tenant, string? oid = null, string? email = null) => new()
    {
        ["iss"] = $"{provider.Address}/{tenant}/v2.0", ["tid"] = tenant, ["oid"] = oid ?? $"{Guid.NewGuid()}", ["sub"] = $"{Guid.NewGuid():N}",
        ["email"] = email ?? Some.Email(), ["email_verified"] = true, ["name"] = "Mia Soft",
    };

    public static JsonObject Issued(this PresetDouble provider, string issuer) => new()
    {
        ["iss"] = $"{provider.Address}/{issuer}", ["sub"] = $"{Guid.NewGuid():N}", ["email"] = Some.Email(), ["email_verified"] = true, ["given_name"] = "Ida",
    };

    /// <summary>Apple says it as a text.</summary>
    public static JsonObject Apples(this PresetDouble provider) => new()
    {
        ["iss"] = $"{provider.Address}/apple", ["sub"] = $"{Guid.NewGuid():N}", ["email"] = $"{Guid.NewGuid():N}@privaterelay.appleid.com", ["email_verified"] = "true",
    };

    public static JsonObject Discords() => new()
    {
        ["id"] = $"{Random.Shared.NextInt64(1, long.MaxValue)}", ["username"] = Some.Username(), ["global_name"] = "Dis Cord", ["email"] = Some.Email(), ["verified"] = true,
    };
}
