using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ResourceServer;

/// <summary>Checks access tokens with the keys that the issuer publishes. The algorithm is fixed here and never taken from a token.</summary>
public sealed class AccessTokens(IConfiguration settings)
{
    private static readonly TimeSpan KeysLiveFor = TimeSpan.FromMinutes(5), RefetchAtMostEvery = TimeSpan.FromSeconds(10), Skew = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly string issuer = settings["Issuer"] ?? throw new InvalidOperationException("Set Issuer.");
    private readonly string audience = settings["Audience"] ?? settings["Issuer"]!;
    private readonly SemaphoreSlim fetching = new(1);
    private volatile Keys keys = new([], DateTimeOffset.MinValue);

    private sealed record Keys(Dictionary<string, ECParameters> ById, DateTimeOffset FetchedAt);

    /// <summary>The claims of a good token, else null.</summary>
    public async Task<List<Claim>?> CheckAsync(string token)
    {
        if (token.Split('.') is not [var header, var payload, var signature] || Read(header) is not { } head
            || Text(head, "alg") != "ES256" || Text(head, "typ") != "at+jwt" || Text(head, "kid") is not { } kid
            || await FindAsync(kid) is not { } key)
        {
            return null;
        }
        using var ecdsa = ECDsa.Create(key);
        var isSigned = Base64Url.IsValid(signature)
            && ecdsa.VerifyData(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256);
        return isSigned && Read(payload) is { } claims && IsMeantForUsNow(claims) ? [.. claims.EnumerateObject().SelectMany(Claims)] : null;
    }

    private bool IsMeantForUsNow(JsonElement claims) =>
        Text(claims, "iss") == issuer && Text(claims, "aud") == audience
        && claims.TryGetProperty("exp", out var exp) && exp.TryGetInt64(out var seconds)
        && DateTimeOffset.UtcNow < DateTimeOffset.FromUnixTimeSeconds(seconds) + Skew;

    /// <summary>A key that isn't known may be a new one: the key set is read again, but not for every token that names nonsense.</summary>
    private async Task<ECParameters?> FindAsync(string kid)
    {
        if (IsDue(keys, kid))
        {
            await fetching.WaitAsync();
            try
            {
                keys = IsDue(keys, kid) ? await FetchAsync() : keys;
            }
            finally
            {
                fetching.Release();
            }
        }
        return keys.ById.TryGetValue(kid, out var key) ? key : null;
    }

    private static bool IsDue(Keys known, string kid) =>
        DateTimeOffset.UtcNow - known.FetchedAt > (known.ById.ContainsKey(kid) ? KeysLiveFor : RefetchAtMostEvery);

    private async Task<Keys> FetchAsync()
    {
        var set = await http.GetFromJsonAsync<JsonElement>($"{issuer}/.well-known/jwks.json");
        var all = set.GetProperty("keys").EnumerateArray().Where(key => Text(key, "crv") == "P-256").ToDictionary(key => Text(key, "kid")!, key => new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(Text(key, "x")), Y = Base64Url.DecodeFromChars(Text(key, "y")) },
        });
        return new Keys(all, DateTimeOffset.UtcNow);
    }

    /// <summary>One claim for each element of a list, as the framework has it.</summary>
    private static IEnumerable<Claim> Claims(JsonProperty member) =>
        (member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray().AsEnumerable() : [member.Value])
            .Select(value => new Claim(member.Name, value.ToString()));

    private static JsonElement? Read(string part)
    {
        try
        {
            return JsonElement.Parse(Base64Url.DecodeFromChars(part)) is { ValueKind: JsonValueKind.Object } json ? json : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
