using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Tokens;

[Route("api/auth/token"), ApiEndpoint, AllowAnonymous]
public sealed class TokenVerificationController(AccessTokenCheck check) : ControllerBase
{
    /// <summary>Check an access token</summary>
    /// <remarks>Whether it is good here and now, its session and its user included.</remarks>
    [HttpPost("verify"), EnableRateLimiting(Throttle.Others)]
    [Succeeds<EmptyResponse>, Fails(ErrorCode.TokenNotValid, ErrorCode.PersonalTokenNotAccepted, OfAccessToken = true)]
    public async Task<ActionResult<EmptyResponse>> Verify([Form<TokenRequest, string>] string token, CancellationToken cancellation)
    {
        await check.DemandAsync(token, cancellation);
        return new EmptyResponse();
    }
}

/// <summary>A body that carries an access token.</summary>
public sealed record TokenRequest : IRequest<string>
{
    [Described("An access token.", Required = true, Example = Examples.AccessToken)]
    public Field Token { get; init; }

    public string Read(FieldReader fields) => fields.Text("token", Token)!;
}
