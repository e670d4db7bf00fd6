using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Sessions;

/// <summary>What a proxy asks about each request to an app that it guards: who is it? nginx by <c>auth_request</c>, Caddy by <c>forward_auth</c>.</summary>
[Route("api/auth/session"), ApiEndpoint(IsHiddenFromOthers = true), Authorize]
public sealed class ProxyQuestionController(CallerSites sites) : ControllerBase
{
    private const string Method = "X-Original-Method";

    /// <summary>Who is asking? (for proxies)</summary>
    /// <remarks>
    /// Answers an empty 200 with `X-User-Id`, `X-Username` (percent-encoded), `X-Roles` (parted by commas) and `X-Session-Id`, or 401: what
    /// `auth_request` of nginx and `forward_auth` of Caddy want to know. The proxy says by `X-Original-Method` what the request to the app is: one
    /// that changes something or opens a WebSocket is refused from pages of other sites, as here. `docs/session-mode.md` has files for both.
    /// </remarks>
    [HttpGet, DisableRateLimiting]
    [Succeeds(StatusCodes.Status200OK), Fails(ErrorCode.CsrfFailed)]
    [TakesCookie(CookieNames.Session, "the session token, in place of `Authorization`"), TakesHeader(Method, "The method of the request that the proxy asks about.")]
    public IActionResult Ask()
    {
        if (!IsSafe() && !sites.Allow(Request))
        {
            throw new PermissionDeniedException(ErrorCode.CsrfFailed);
        }
        var live = HttpContext.LiveSession();
        var headers = Response.Headers;
        headers["X-User-Id"] = $"{live.User.Id}";
        headers["X-Username"] = Uri.EscapeDataString(live.User.Username);
        headers["X-Roles"] = string.Join(',', live.User.Roles);
        headers["X-Session-Id"] = $"{live.SessionId}";
        // 204 would keep a browser on the page that sent it here, which could tell by that who is signed in.
        return Ok();
    }

    /// <summary>Where a proxy has forgotten the method, what comes from a page may be anything: browsers send an Origin with all that changes something.</summary>
    private bool IsSafe() => Request.Headers[Method] switch
    {
        [] => Request.Headers.Origin.Count == 0,
        [{ } method] => CrossSiteRule.IsSafe(method) && !OpensWebSocket(),
        _ => false,
    };

    /// <summary>A GET by its method; but any page may open one with our cookies, and read along (RFC 6455, 10.2).</summary>
    private bool OpensWebSocket() => Request.Headers.SecWebSocketKey.Count > 0 || Request.Headers["Sec-Fetch-Mode"] == "websocket" || Request.Headers.Upgrade == "websocket";
}
