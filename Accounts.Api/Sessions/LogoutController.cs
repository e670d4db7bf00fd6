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
public sealed class LogoutController(Logout logout, RefreshCookie cookie, RefreshTokenCodec codec, AccessTokenVerifier verifier) : ControllerBase
{
    /// <summary>Sign out</summary>
    /// <remarks>
    /// Whatever shows a session ends it: the body's refresh token, else the cookie's, else the access token, be it expired.
    /// Doing it again answers the same.
    /// </remarks>
    [HttpPost, DisableRateLimiting]
    [Says<DetailResponse>("Logged out"), TakesCredentials(TakesCredentialsAttribute.Bearer, Optional = true)]
    [TakesCookie(CookieNames.Refresh, "the refresh token"), SetsCookie(CookieNames.Refresh, "cleared")]
    public async Task<ActionResult<DetailResponse>> Logout([Form<RefreshRequest, RefreshForm>] RefreshForm form)
    {
        if (codec.TryRead(form.Refresh, out var token) is null || codec.TryRead(RequestCookies.Single(Request, cookie.Name), out token) is null)
        {
            await logout.LogoutAsync(token!, HttpContext.Device());
        }
        else if (BearerToken.Read(Request) is { } access && verifier.Verify(access, out var claims) is null or TokenRejection.Expired)
        {
            await logout.LogoutAsync(claims.UserId, claims.SessionId, HttpContext.Device());
        }
        cookie.Clear(HttpContext);
        return new DetailResponse(HttpContext.Say("Logged out"));
    }
}
