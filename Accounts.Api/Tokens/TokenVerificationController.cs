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

[Route("api/auth/token"), ApiEndpoint, AllowAnonymous]
public sealed class TokenVerificationController(AccessTokenVerifier verifier, LiveSessions sessions) : ControllerBase
{
    /// <summary>Check an access token</summary>
    /// <remarks>Whether it is good here and now, its session and its user included.</remarks>
    [HttpPost("verify"), EnableRateLimiting(Throttle.Others)]
    [Succeeds<EmptyResponse>, Fails(ErrorCode.TokenNotValid, ErrorCode.PersonalTokenNotAccepted, OfAccessToken = true)]
    public async Task<ActionResult<EmptyResponse>> Verify([Form<TokenRequest, string>] string token, CancellationToken cancellation)
    {
        if (PersonalTokenText.IsWhole(token))
        {
            throw new AuthenticationFailedException(ErrorCode.PersonalTokenNotAccepted);
        }
        if (verifier.Verify(token, out var claims) is { } rejection)
        {
            throw AuthenticationFailedException.AccessToken(rejection);
        }
        return await sessions.FindAsync(claims.UserId, claims.SessionId, cancellation) is not null
            ? new EmptyResponse()
            : throw AuthenticationFailedException.AccessToken(TokenRejection.Revoked);
    }
}

/// <summary>A body that carries an access token.</summary>
public sealed record TokenRequest : IRequest<string>
{
    [Described("An access token.", Required = true, Example = Examples.AccessToken)]
    public Field Token { get; init; }

    public string Read(FieldReader fields) => fields.Text("token", Token)!;
}
