using Accounts.Api.Http;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Users;

[Route("api/auth/register"), AllowAnonymous]
public sealed class RegistrationController(Registration registration, RegistrationCookie cookie) : ControllerBase
{
    [HttpPost, EnableRateLimiting(Throttle.Registration)]
    public async Task<IActionResult> Register([FromBody] RegisterRequest body, CancellationToken cancellation)
    {
        var fields = new FieldReader();
        var userId = await registration.RegisterAsync(body.Read(fields), fields.Errors, HttpContext.Device(), cancellation);
        cookie.Set(HttpContext, userId);
        return StatusCode(StatusCodes.Status201Created, new MessageResponse("Registered. Please verify email."));
    }
}
