using System.Text.Json;

namespace Accounts.Api.Providers.OpenId;

/// <summary>What a checked ID token and userinfo say of the same person. What belongs to the address comes from one of the two.</summary>
internal static class PersonClaims
{
    private static readonly string[] OfAddress = ["email", "email_verified", "hd"];
    private static readonly string[] OfName = ["name", "given_name", "family_name"];

    /// <summary>By which other people's clocks may be ahead.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <summary>With or without a fraction (RFC 7519 section 2); null unless it is a number.</summary>
    public static double? Seconds(this JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) ? seconds : null;

    /// <summary>A time that has been; null for one to come, and so for one that counts in other units.</summary>
    public static DateTimeOffset? TimeBefore(this JsonElement claims, string name, DateTimeOffset now) =>
        claims.Seconds(name) is >= 0 and var seconds && seconds <= (now + ClockSkew - DateTimeOffset.UnixEpoch).TotalSeconds
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    /// <summary>With the word that tells whether it is verified, yes or no.</summary>
    public static bool TellsOfAddress(this JsonElement claims) => claims.Address("email") is not null && claims.TryGetProperty("email_verified", out _);

    public static bool TellsName(this JsonElement claims) => OfName.Any(name => claims.Name(name).Length > 0);

    /// <summary>The ID token, and of userinfo what it leaves out.</summary>
    public static JsonElement Filled(JsonElement idToken, JsonElement userInfo)
    {
        var address = idToken.TellsOfAddress() || (idToken.Address("email") is not null && !userInfo.TellsOfAddress()) ? idToken : userInfo;
        var all = userInfo.EnumerateObject().Concat(idToken.EnumerateObject().Where(IsSaid)).Where(claim => !OfAddress.Contains(claim.Name))
            .Concat(address.EnumerateObject().Where(claim => OfAddress.Contains(claim.Name)));
        return JsonSerializer.SerializeToElement(all.GroupBy(claim => claim.Name).ToDictionary(same => same.Key, same => same.Last().Value));
    }

    private static bool IsSaid(JsonProperty claim) => claim.Value.ValueKind switch
    {
        JsonValueKind.Null => false,
        JsonValueKind.String => claim.Value.Text() is { Length: > 0 },
        _ => true,
    };
}
