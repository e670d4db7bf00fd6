using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Sessions;

[Route("api/auth/logout"), ApiEndpoint, AllowAnonymous]
public sealed class LogoutController(Logout logout, SignedInCookies cookies, CarriedTokens carried, AccessTokenVerifier verifier) : ControllerBase
{
    /// <summary>Sign out</summary>
    /// <remarks>
    /// Whatever shows a session ends it: the body's refresh token, else the cookie's, and a session token; else the access token, be it expired.
    /// Doing it again answers the same.
    /// </remarks>
    [HttpPost, DisableRateLimiting]
    [Says<DetailResponse>("Logged out"), TakesCredentials(TakesCredentialsAttribute.Bearer, Optional = true)]
    [TakesCookie(CookieNames.Refresh, "the refresh token"), TakesCookie(CookieNames.Session, "the session token, in session mode")]
    [SetsCookie(CookieNames.Refresh, "cleared"), SetsCookie(CookieNames.Session, "cleared")]
    public async Task<ActionResult<DetailResponse>> Logout([Form<RefreshRequest, RefreshForm>] RefreshForm form)
    {
        var refresh = carried.InBody(form.Refresh) ?? carried.InRefreshCookie(Request);
        SessionCredential?[] all = [refresh, carried.InSessionCookie(Request), refresh is null ? carried.ShownSession(Request) : null];
        foreach (var shown in all.OfType<SessionCredential>().DistinctBy(credential => credential.SessionId))
        {
            await logout.LogoutAsync(shown, HttpContext.Device());
        }
        if (all is [null, null, null] && BearerToken.Read(Request) is { } access && verifier.Verify(access, out var claims) is null or TokenRejection.Expired)
        {
            await logout.LogoutAsync(claims.UserId, claims.SessionId, HttpContext.Device());
        }
        cookies.Clear(HttpContext);
        return new DetailResponse(HttpContext.Say("Logged out"));
    }
}
