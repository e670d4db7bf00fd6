using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.SecondFactor.Totp;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.SecondFactor;

/// <summary>Adding an authenticator app to the user who is signed in.</summary>
[Route("api/auth/factors/totp"), ApiEndpoint, Authorize]
public sealed class TotpController(TotpEnrolment enrolment, DeviceCookie device) : ControllerBase
{
    /// <summary>Begin to add an authenticator app</summary>
    /// <remarks>
    /// Asks for a sign-in of at most 10 minutes ago. The secret is shown here and never again; it is nothing until a code of it is confirmed, within
    /// an hour. What was begun before is begun no more.
    /// </remarks>
    [HttpPost("begin"), DemandsStepUp, EnableRateLimiting(Throttle.Others)]
    [Succeeds<TotpOfferResponse>, Fails(ErrorCode.ReauthenticationRequired), Fails(ErrorCode.TooManyFactors)]
    public async Task<ActionResult<TotpOfferResponse>> Begin(CancellationToken cancellation) =>
        TotpOfferResponse.Of(await enrolment.BeginAsync(HttpContext.LiveSession(), cancellation));

    /// <summary>Confirm an authenticator app</summary>
    /// <remarks>
    /// By the code that it shows. Every other session ends, and a mail is sent. With the first factor come ten recovery codes, shown here and never
    /// again.
    /// </remarks>
    [HttpPost("confirm"), EnableRateLimiting(Throttle.SignIn)]
    [Succeeds<RecoveryCodesResponse>, Fails(ErrorCode.EnrolmentExpired), Fails(ErrorCode.TooManyFactors)]
    [ChangesFactors]
    public async Task<ActionResult<RecoveryCodesResponse>> Confirm([Form<TotpConfirmRequest, TotpConfirmForm>] TotpConfirmForm form, CancellationToken cancellation)
    {
        var changed = await enrolment.ConfirmAsync(form, HttpContext.LiveSession(), HttpContext.Device(), cancellation);
        device.SetAgain(HttpContext, changed);
        return new RecoveryCodesResponse(changed.RecoveryCodes);
    }
}
