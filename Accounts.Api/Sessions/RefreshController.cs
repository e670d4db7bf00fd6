using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Sessions;

[Route("api/auth/token/refresh"), ApiEndpoint, AllowAnonymous]
public sealed class RefreshController(RefreshExchange exchange) : ControllerBase
{
    /// <summary>Get the next access token</summary>
    /// <remarks>
    /// Retires the refresh token and hands out the next one. For 30 seconds after that the next one and the one before it are
    /// answered with a fresh access token and no new cookie; later the one before it means that an answer was lost, and gets
    /// another. Several tabs and lost answers sign nobody out; anything older ends its session. `reason` tells why a token is refused.
    /// </remarks>
    [HttpPost, Direct, DisableRateLimiting]
    [Succeeds<RefreshResponse>, Fails(ErrorCode.TokenNotValid), Fails(ErrorCode.Throttled)]
    [TakesBody(typeof(RefreshRequest)), TakesCookie(CookieNames.Refresh, "the refresh token")]
    [SetsCookie(CookieNames.Refresh, "the next refresh token, where there is one; cleared for `expired` and `invalid`")]
    public async Task<ActionResult<RefreshResponse>> Refresh()
    {
        // Not bound to a parameter, which has MVC bind a model.
        var (_, tokens, refresh) = await exchange.RefreshAsync(HttpContext, HttpContext.RequestAborted);
        return new RefreshResponse(tokens.Access!, (int)tokens.AccessLifetime.TotalSeconds, refresh);
    }
}
