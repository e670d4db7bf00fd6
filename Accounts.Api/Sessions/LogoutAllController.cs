using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Sessions;

[Route("api/auth/logout/all"), ApiEndpoint, Authorize, EnableRateLimiting(Throttle.Others)]
public sealed class LogoutAllController(LogoutAll logout, SignedInCookies cookies, DeviceCookie device) : ControllerBase
{
    /// <summary>Sign out everywhere</summary>
    /// <remarks>Ends every session of the user, with `keep_current` every other one. What other devices are known by ends with them.</remarks>
    [HttpPost, Succeeds<LogoutAllResponse>]
    [TakesCookie(CookieNames.Device, "a device that is known already")]
    [SetsCookie(CookieNames.Refresh, "cleared where the session has ended"), SetsCookie(CookieNames.Session, "the same"), SetsCookie(CookieNames.Device, "knows this device again where its session stays")]
    public async Task<ActionResult<LogoutAllResponse>> LogoutAll([Form<LogoutAllRequest, LogoutAllForm>] LogoutAllForm form, CancellationToken cancellation)
    {
        var (ended, bond) = await logout.LogoutAsync(HttpContext.LiveSession(), form.KeepCurrent, HttpContext.Device(), cancellation);
        if (!form.KeepCurrent)
        {
            cookies.Clear(HttpContext);
        }
        else if (bond is not null)
        {
            device.Set(HttpContext, bond);
        }
        return new LogoutAllResponse(ended);
    }
}
