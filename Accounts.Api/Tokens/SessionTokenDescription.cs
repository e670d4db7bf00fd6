using System.Text.Json.Nodes;
using Accounts.Core.Sessions;
using Accounts.Core.Settings;
using Accounts.Core.SignIn;
using Accounts.Core.Tokens;
using Accounts.Core.Users.Extra;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Tokens;

/// <summary>What introspection tells of a session token: what an access token of its session would say, as it is now.</summary>
public sealed class SessionTokenDescription(
    LiveSessionTokens sessions, SignInMethods methods, ExtraFields extra, IOptions<TokenOptions> options, IOptions<SiteOptions> site)
{
    /// <summary>Null for one that is not active.</summary>
    public async Task<JsonObject?> OfAsync(string token, CancellationToken cancellation)
    {
        if (await sessions.FindAsync(token, cancellation) is not { } live)
        {
            return null;
        }
        var (user, audience) = (live.User, AccessTokenProfile.Audience(options.Value, site.Value));
        var amr = methods.FactorsOf(user.Ways).Length == 0 ? [.. live.Amr.Where(method => method != AuthenticationLevel.Multiple)] : live.Amr;
        var description = new JsonObject
        {
            ["active"] = true,
            ["iss"] = AccessTokenProfile.Issuer(options.Value, site.Value),
            ["aud"] = audience,
            ["client_id"] = audience,
            ["sub"] = user.Id,
            ["user_id"] = user.Id,
            ["sid"] = live.SessionId,
            ["iat"] = live.Token.IssuedAt.ToUnixTimeSeconds(),
            ["exp"] = live.Token.ExpiresAt.ToUnixTimeSeconds(),
            ["auth_time"] = live.Token.AuthTime.ToUnixTimeSeconds(),
            ["acr"] = AuthenticationLevel.Of(amr),
            ["amr"] = Texts(AuthenticationMethods.Told(amr)),
            ["roles"] = Texts(user.Roles),
            ["email_verified"] = user.EmailVerified,
            ["token_type"] = "Bearer",
            ["username"] = user.Username,
        };
        if (user.LegacyId is { } legacyId)
        {
            description["legacy_id"] = legacyId;
        }
        if (extra.InToken(user.Extra) is { } profile)
        {
            description["profile"] = JsonNode.Parse(profile);
        }
        return description;
    }

    private static JsonArray Texts(string[] texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
