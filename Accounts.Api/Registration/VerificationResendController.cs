using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.MailedTokens;
using Accounts.Core.MailedTokens;
using Accounts.Core.Registration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Registration;

[Route("api/auth/verify-email/resend"), ApiEndpoint, AllowAnonymous, EnableRateLimiting(Throttle.Others)]
public sealed class VerificationResendController(VerificationResend resend, Attempts attempts) : ControllerBase
{
    /// <summary>Mail another link</summary>
    /// <remarks>
    /// Answers the same whatever the address, so that nobody learns who has an account. Up to three links live side by side. The code
    /// counts in this browser, by its cookie or, with `X-Token-Transport: body`, by the answer's `attempt`.
    /// </remarks>
    [HttpPost]
    [Says<CodeMailedResponse>("ok")]
    [TakesCookie(CookieNames.Device, "a device that is known already"), TakesCookie(CookieNames.Attempt, "keeps the browser's name")]
    [SetsCookie(CookieNames.Attempt, "lets the code of the mail count in this browser")]
    public async Task<IActionResult> Resend([Form<CodeMailRequest, CodeMailForm>] CodeMailForm form, CancellationToken cancellation)
    {
        attempts.DemandTransport(HttpContext);
        var attempt = attempts.Of(HttpContext, form.Attempt);
        await resend.ResendAsync(form.Address, attempt, HttpContext.Device(), cancellation);
        return Ok(new CodeMailedResponse(HttpContext.Say("ok"), attempts.Keep(HttpContext, attempt, MailedToken.VerifyLifetime, form.Attempt)));
    }
}
