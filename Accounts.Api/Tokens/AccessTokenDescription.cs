using System.Buffers.Text;
using System.Text.Json.Nodes;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Tokens;
using Accounts.Core.Users.Extra;

namespace Accounts.Api.Tokens;

/// <summary>What introspection tells of an access token: its own claims, and what has changed since.</summary>
public sealed class AccessTokenDescription(AccessTokenVerifier verifier, LiveSessions sessions, SignInMethods methods, ExtraFields extra)
{
    /// <summary>Null for one that is not active.</summary>
    public async Task<JsonObject?> OfAsync(string token, CancellationToken cancellation)
    {
        if (verifier.Verify(token, out var claims) is not null
            || await sessions.FindAsync(claims.UserId, claims.SessionId, cancellation) is not { } live)
        {
            return null;
        }
        var description = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();
        description["active"] = true;
        description["username"] = live.User.Username;
        description["token_type"] = "Bearer";
        // As they are now, not as they were when the token was issued.
        description["roles"] = new JsonArray([.. live.User.Roles.Select(role => JsonValue.Create(role))]);
        description["email_verified"] = live.User.EmailVerified;
        if (methods.FactorsOf(live.User.Ways).Length == 0)
        {
            description["acr"] = AuthenticationLevel.One;
            description["amr"] = new JsonArray([.. description["amr"]!.AsArray().Select(method => (string)method!).Where(method => method != AuthenticationLevel.Multiple).Select(method => JsonValue.Create(method))]);
        }
        description.Remove("profile");
        if (extra.InToken(live.User.Extra) is { } profile)
        {
            description["profile"] = JsonNode.Parse(profile);
        }
        return description;
    }
}
