using System.Buffers.Text;
using System.Text.Json.Nodes;
using Accounts.Core.ProgramTokens;
using Accounts.Core.Settings;
using Accounts.Core.Tokens;
using Accounts.Core.Users.Extra;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Tokens;

/// <summary>What introspection tells of tokens for programs, as they are now.</summary>
public sealed class ProgramTokenDescription(
    LivePersonalTokens tokens, MachineTokens machines, ExtraFields extra, IOptions<TokenOptions> options, IOptions<SiteOptions> site)
{
    /// <summary>
    /// As of its user's access token, but that it has no session and nobody has signed in by it. Its name, which its user writes, is
    /// <c>token_name</c>: <c>name</c> is a person's. Null for one that is not active.
    /// </summary>
    public async Task<JsonObject?> OfPersonalAsync(string token, CancellationToken cancellation)
    {
        if (await tokens.FindAsync(token, cancellation) is not { } live)
        {
            return null;
        }
        var audience = AccessTokenProfile.Audience(options.Value, site.Value);
        var description = new JsonObject
        {
            ["active"] = true,
            ["iss"] = AccessTokenProfile.Issuer(options.Value, site.Value),
            ["aud"] = audience,
            ["client_id"] = audience,
            ["sub"] = live.UserId,
            ["user_id"] = live.UserId,
            ["jti"] = live.Id,
            ["iat"] = live.CreatedAt.ToUnixTimeSeconds(),
            ["exp"] = live.ExpiresAt.ToUnixTimeSeconds(),
            ["roles"] = Texts(live.User.Roles),
            ["email_verified"] = live.User.EmailVerified,
            ["token_type"] = "Bearer",
            ["token_name"] = live.Name,
            ["username"] = live.User.Username,
        };
        if (live.User.LegacyId is { } legacyId)
        {
            description["legacy_id"] = legacyId;
        }
        if (extra.InToken(live.User.Extra) is { } profile)
        {
            description["profile"] = JsonNode.Parse(profile);
        }
        return description;
    }

    /// <summary>Null for one that is not active.</summary>
    public JsonObject? OfMachine(string token)
    {
        if (machines.ClientOf(token) is not { } client)
        {
            return null;
        }
        var description = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();
        description["active"] = true;
        description["token_type"] = "Bearer";
        description["roles"] = Texts([.. description["roles"]!.AsArray().Select(role => (string)role!).Intersect(client.Roles)]);
        return description;
    }

    private static JsonArray Texts(string[] texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
