using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Sessions;

[Route("api/auth/session"), ApiEndpoint, AllowAnonymous]
public sealed class SessionController(
    RefreshExchange exchange, SessionAnswer answer, SessionRecognition recognition, RefreshCookie cookie, RefreshTokenCodec codec) : ControllerBase
{
    /// <summary>Who is here?</summary>
    /// <remarks>
    /// The one request of a page that loads: a refresh and `me` in one. For a visitor it is no error: `user` is null, with the
    /// `reason` where a token came along and is no longer good.
    /// </remarks>
    [HttpPost, DisableRateLimiting]
    [Succeeds<SessionResponse>, Fails(ErrorCode.Throttled)]
    [TakesBody(typeof(RefreshRequest)), TakesCookie(CookieNames.Refresh, "the refresh token")]
    [SetsCookie(CookieNames.Refresh, "the next refresh token, where there is one; cleared for `expired` and `invalid`")]
    public async Task<ActionResult<SessionResponse>> Begin(CancellationToken cancellation)
    {
        try
        {
            return await answer.ToAsync(await exchange.RefreshAsync(HttpContext, cancellation), cancellation);
        }
        catch (AuthenticationFailedException e)
        {
            return SessionResponse.Nobody(e.Reason == TokenRejection.Missing ? null : e.Reason);
        }
    }

    /// <summary>Why am I signed out?</summary>
    /// <remarks>For whoever still has a refresh token of the session. Of a session that lives, and to anybody else, it says nothing.</remarks>
    [HttpPost("why"), DisableRateLimiting]
    [Succeeds<SessionEndResponse>]
    [TakesBody(typeof(RefreshRequest)), TakesCookie(CookieNames.Refresh, "the refresh token")]
    public async Task<ActionResult<SessionEndResponse>> Why([Form<RefreshRequest, RefreshForm>] RefreshForm form, CancellationToken cancellation)
    {
        return (codec.TryRead(RequestCookies.Single(Request, cookie.Name), out var token) is null || codec.TryRead(form.Refresh, out token) is null)
            && await recognition.EndOfAsync(token!, cancellation) is { } end
            ? SessionEndResponse.Of(end)
            : new SessionEndResponse(null, null);
    }
}
