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
    RefreshExchange exchange, SessionAnswer answer, SessionRecognition recognition, CarriedTokens carried) : ControllerBase
{
    /// <summary>Who is here?</summary>
    /// <remarks>
    /// The one request of a page that loads: a refresh and `me` in one. For a visitor it is no error: `user` is null, with the
    /// `reason` where a token came along and is no longer good. In session mode there is nothing to refresh, and no `access`.
    /// </remarks>
    [HttpPost, DisableRateLimiting]
    [Succeeds<SessionResponse>, Fails(ErrorCode.Throttled)]
    [TakesBody(typeof(RefreshRequest)), TakesCookie(CookieNames.Session, "the session token, in session mode"), TakesCookie(CookieNames.Refresh, "the refresh token")]
    [TakesCredentials(TakesCredentialsAttribute.Bearer, Optional = true)]
    [SetsCookie(CookieNames.Session, "cleared for `expired` and `invalid`"), SetsCookie(CookieNames.Refresh, "the next refresh token, where there is one; cleared for `expired` and `invalid`")]
    public async Task<ActionResult<SessionResponse>> Begin(CancellationToken cancellation)
    {
        var ofSessionMode = await answer.OfSessionModeAsync(HttpContext, cancellation);
        if (ofSessionMode is { User: not null } || (ofSessionMode is not null && !carried.HasRefreshCookie(Request)))
        {
            return ofSessionMode;
        }
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
    /// <remarks>For whoever still has a refresh or session token of the session. Of a session that lives, and to anybody else, it says nothing.</remarks>
    [HttpPost("why"), DisableRateLimiting]
    [Succeeds<SessionEndResponse>]
    [TakesBody(typeof(RefreshRequest)), TakesCookie(CookieNames.Refresh, "the refresh token"), TakesCookie(CookieNames.Session, "the session token, in session mode")]
    [TakesCredentials(TakesCredentialsAttribute.Bearer, Optional = true)]
    public async Task<ActionResult<SessionEndResponse>> Why([Form<RefreshRequest, RefreshForm>] RefreshForm form, CancellationToken cancellation)
    {
        foreach (var credential in carried.All(Request, form.Refresh))
        {
            if (await recognition.EndOfAsync(credential, cancellation) is { } end)
            {
                return SessionEndResponse.Of(end);
            }
        }
        return new SessionEndResponse(null, null);
    }
}
