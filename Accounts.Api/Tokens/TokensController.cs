using Accounts.Api.Http;
using Accounts.Core;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Tokens;

[Route("api/auth/token"), AllowAnonymous]
public sealed class TokensController(AccessTokenVerifier verifier, LiveSessions sessions) : ControllerBase
{
    /// <summary>Whether an access token is good here and now, session and user included.</summary>
    [HttpPost("verify"), EnableRateLimiting(Throttle.Others)]
    public async Task<ActionResult<EmptyResponse>> Verify([FromBody] TokenRequest body, CancellationToken cancellation)
    {
        var fields = new FieldReader();
        var token = fields.Text("token", body.Token);
        fields.Errors.ThrowIfAny();
        if (verifier.Check(token!, out var claims) is { } rejection)
        {
            throw AuthenticationFailedException.AccessToken(rejection);
        }
        return await sessions.FindAsync(claims.UserId, claims.SessionId, cancellation) is not null
            ? new EmptyResponse()
            : throw AuthenticationFailedException.AccessToken(TokenRejection.Revoked);
    }
}

/// <summary>A body that carries an access token.</summary>
public sealed record TokenRequest
{
    public Field Token { get; init; }
}
