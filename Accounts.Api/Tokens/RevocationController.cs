using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.ProgramTokens;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Tokens;

/// <summary>Ends what a token stands for, for whoever holds it (RFC 7009): to have it is all that is asked.</summary>
[Route("api/auth/token"), ApiEndpoint, AllowAnonymous]
public sealed class RevocationController(
    Logout logout, PersonalTokenRemoval removal, RefreshTokenCodec refreshTokens, SessionTokenCodec sessionTokens, AccessTokenVerifier verifier) : ControllerBase
{
    /// <summary>Revoke a token (RFC 7009)</summary>
    /// <remarks>
    /// A refresh token, of whichever generation, a session token, and an access token, be it expired, end their session; a personal token ends
    /// itself. All at once and on every node, for whoever holds the token. What is no token, or over already, is answered alike. The token of a
    /// program lives until it expires. Failures say `error` and `error_description` besides.
    /// </remarks>
    [HttpPost("revoke"), EnableRateLimiting(Throttle.Others), OAuthEndpoint, Succeeds<EmptyResponse>, Fails(ErrorCode.InvalidRequest)]
    public async Task<ActionResult<EmptyResponse>> Revoke([Form<RevocationRequest, string>] string token)
    {
        if (PersonalTokenText.IsOne(token))
        {
            await removal.RevokeAsync(token, HttpContext.Device());
        }
        else if (CredentialIn(token) is { } credential)
        {
            await logout.LogoutAsync(credential, HttpContext.Device());
        }
        else if (verifier.Verify(token, out var claims) is null or TokenRejection.Expired)
        {
            await logout.LogoutAsync(claims.UserId, claims.SessionId, HttpContext.Device());
        }
        return new EmptyResponse();
    }

    private SessionCredential? CredentialIn(string token)
    {
        if (sessionTokens.TryRead(token, out var session) is null)
        {
            return session;
        }
        refreshTokens.TryRead(token, out var refresh);
        return refresh;
    }
}

/// <summary>The body of a revocation.</summary>
public sealed record RevocationRequest : IRequest<string>
{
    [Described("A refresh token, an access token, a session token or a personal token.", Required = true, Example = Examples.AccessToken)]
    public Field Token { get; init; }

    [Described("Which kind it is; not needed, for the token tells.", Example = "access_token")]
    public Field TokenTypeHint { get; init; }

    /// <summary>What is sent without a value counts as not sent (RFC 6749 section 3.2).</summary>
    public string Read(FieldReader fields) => fields.Text("token", Token.IsBlank ? default : Token)!;
}
