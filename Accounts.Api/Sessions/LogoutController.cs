using Accounts.Api.Docs;
using Accounts.Api.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Sessions;

[Route("api/auth/logout"), ApiEndpoint, AllowAnonymous]
public sealed class LogoutController(SignOut signOut) : ControllerBase
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
        await signOut.EndAsync(HttpContext, form.Refresh);
        return new DetailResponse(HttpContext.Say("Logged out"));
    }
}
