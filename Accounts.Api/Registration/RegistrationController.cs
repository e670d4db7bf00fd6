using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Registration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Registration;

[Route("api/auth/register"), ApiEndpoint, AllowAnonymous]
public sealed class RegistrationController(UserRegistration registration, InvitedRegistration invited, RegisteredBrowser browser) : ControllerBase
{
    /// <summary>Sign up</summary>
    /// <remarks>
    /// Makes the account and mails a link and a code that prove the address. All fields at fault are told at once.
    /// `password1` and `password2` may stand for `password`. The browser that registers is known again when the address is confirmed, by
    /// its cookie or, with `X-Token-Transport: body`, by the answer's `attempt`. With an `invitation` the address is verified at once: no mail follows, and
    /// the answer says `Registered.`
    /// </remarks>
    [HttpPost, EnableRateLimiting(Throttle.Registration)]
    [Says<RegisteredResponse>("Registered. Please verify email.", 201), Fails(ErrorCode.RegistrationClosed)]
    [SetsCookie(CookieNames.Registration, "knows this browser again when the link is opened in it")]
    public async Task<IActionResult> Register([Form<RegisterRequest, RegistrationForm>] RegistrationForm form, CancellationToken cancellation)
    {
        browser.DemandTransport(HttpContext);
        if (form.Invitation is { } invitation)
        {
            await invited.RegisterAsync(form, invitation, HttpContext.Device(), cancellation);
            return StatusCode(StatusCodes.Status201Created, new RegisteredResponse(HttpContext.Say("Registered.")));
        }
        var userId = await registration.RegisterAsync(form, HttpContext.Device(), cancellation);
        return StatusCode(StatusCodes.Status201Created, new RegisteredResponse(HttpContext.Say("Registered. Please verify email."), browser.Keep(HttpContext, userId)));
    }
}
