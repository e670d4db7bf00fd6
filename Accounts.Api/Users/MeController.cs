using Accounts.Api.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Users;

[Route("api/auth/me"), Authorize, DisableRateLimiting]
public sealed class MeController : ControllerBase
{
    /// <summary>What the authentication of the request has loaded is all that it needs.</summary>
    [HttpGet]
    public ActionResult<UserResponse> Me()
    {
        Response.Headers.CacheControl = "no-store";
        return UserResponse.Of(HttpContext.LiveSession().User);
    }
}
