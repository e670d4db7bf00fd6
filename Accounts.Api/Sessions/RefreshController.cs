using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Sessions;

[Route("api/auth/token/refresh"), ApiEndpoint, AllowAnonymous]
public sealed class RefreshController(
    SessionRefresh refresh, RefreshCookie cookie, RefreshTokenCodec codec, RefreshThrottle throttle, TokenTransport transport) : ControllerBase
{
    /// <summary>Get the next access token</summary>
    /// <remarks>
    /// Retires the refresh token and hands out the next one. A retired one that is used again ends its session, unless it is the
    /// direct parent within 30 seconds: several tabs and lost answers sign nobody out. `reason` tells why a token is refused.
    /// </remarks>
    [HttpPost, DisableRateLimiting]
    [Succeeds<RefreshResponse>, Fails(ErrorCode.TokenNotValid), Fails(ErrorCode.Throttled)]
    [TakesBody(typeof(RefreshRequest)), TakesCookie(CookieNames.Refresh, "the refresh token")]
    [SetsCookie(CookieNames.Refresh, "the next refresh token; cleared for `expired` and `invalid`")]
    public async Task<ActionResult<RefreshResponse>> Refresh(CancellationToken cancellation)
    {
        var way = SessionTransport.Cookie;
        try
        {
            (var text, way) = await PresentedAsync();
            var presented = new PresentedToken(codec.Read(text), way);
            throttle.Demand(presented.Token);
            var tokens = await refresh.RefreshAsync(presented, HttpContext.Device(), cancellation);
            return new RefreshResponse(tokens.Access, (int)tokens.AccessLifetime.TotalSeconds, transport.Deliver(HttpContext, tokens));
        }
        catch (AuthenticationFailedException e) when (way == SessionTransport.Cookie && e.Reason is TokenRejection.Invalid or TokenRejection.Expired)
        {
            // Only here: a late answer about another token must not wipe the cookie of the sign-in that followed.
            cookie.Clear(HttpContext);
            throw;
        }
    }

    /// <summary>Where the cookie says it all, the body is not looked at, be it malformed.</summary>
    private async Task<(string? Token, SessionTransport Way)> PresentedAsync()
    {
        if (cookie.Read(HttpContext) is { Length: > 0 } token)
        {
            return (token, SessionTransport.Cookie);
        }
        if (!transport.Allows(Request))
        {
            return (null, SessionTransport.Cookie);
        }
        var body = await RequestBody.ReadAsync(Request);
        return (body.GetValueOrDefault("refresh").Text?.Trim(), SessionTransport.Body);
    }
}
