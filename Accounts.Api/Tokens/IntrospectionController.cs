using System.Buffers.Text;
using System.Text.Json.Nodes;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Tokens;
using Accounts.Core.Users.Extra;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Tokens;

/// <summary>Tells a listed client whether an access token is active now (RFC 7662); of anything else it says no more than that it is not.</summary>
[Route("api/auth/introspect"), ApiEndpoint, AllowAnonymous]
public sealed class IntrospectionController(AccessTokenVerifier verifier, LiveSessions sessions, SignInMethods methods, ExtraFields extra) : ControllerBase
{
    /// <summary>Ask about a token (RFC 7662)</summary>
    /// <remarks>
    /// For the clients of `Accounts__Tokens__IntrospectionClients`; without any it is `not_found`. Of a token that is not active
    /// it says no more than that.
    /// </remarks>
    [HttpPost, DisableRateLimiting, TakesCredentials(TakesCredentialsAttribute.Basic), TypeFilter<IntrospectionClientRule>]
    [Succeeds<IntrospectionResponse>, Fails(ErrorCode.InvalidClient), Fails(ErrorCode.NotFound)]
    public async Task<IActionResult> Introspect([Form<TokenRequest, string>] string token, CancellationToken cancellation) =>
        new JsonResult(await DescribeAsync(token, cancellation) ?? new JsonObject { ["active"] = false });

    private async Task<JsonObject?> DescribeAsync(string token, CancellationToken cancellation)
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
