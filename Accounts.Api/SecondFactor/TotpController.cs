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

/// <summary>Adding an authenticator app to who is signed in, or whose sign-in waits for it.</summary>
[Route("api/auth/factors/totp"), ApiEndpoint, Authorize, TakesTicket]
public sealed class TotpController(TotpEnrolment enrolment, TotpConfirmation confirmation, Enrolling enrolling, DeviceCookie device) : ControllerBase
{
    /// <summary>Begin to add an authenticator app</summary>
    /// <remarks>
    /// Asks for a sign-in of at most 10 minutes ago; or for the `ticket` of `second_factor_enrolment_required`, with the code that
    /// `login/enrolment/mail/` mails. The secret is shown here and never again; it is nothing until a code of it is confirmed, within an hour. What was
    /// begun before is begun no more.
    /// </remarks>
    [HttpPost("begin"), DemandsStepUp, EnableRateLimiting(Throttle.Others)]
    [Succeeds<TotpOfferResponse>, Fails(ErrorCode.ReauthenticationRequired), Fails(ErrorCode.TooManyFactors), Enrols]
    [Fails(ErrorCode.TicketOfAnotherUser), Fails(ErrorCode.InvalidTicket, ErrorCode.InvalidCredentials)]
    public async Task<ActionResult<TotpOfferResponse>> Begin([Form<EnrolmentRequest, EnrolmentForm>] EnrolmentForm form, CancellationToken cancellation) =>
        TotpOfferResponse.Of(await enrolment.BeginAsync(await enrolling.BeginAsync(HttpContext, form), cancellation));

    /// <summary>Confirm an authenticator app</summary>
    /// <remarks>
    /// By the code that it shows. Every other session ends, and a mail is sent. With the first factor come ten recovery codes, shown here and never
    /// again. With a `ticket` it is a sign-in, too, as it was asked for with the first factor, and answered as one.
    /// </remarks>
    [HttpPost("confirm"), EnableRateLimiting(Throttle.SignIn)]
    [Succeeds<EnrolledResponse>, Fails(ErrorCode.EnrolmentExpired, ErrorCode.TicketOfAnotherUser), Fails(ErrorCode.TooManyFactors), Enrols(Finishes = true)]
    [Fails(ErrorCode.InvalidTicket), Fails(ErrorCode.AccountFrozen, ErrorCode.AccountDeleted, ErrorCode.EmailNotVerified, ErrorCode.PermissionDenied)]
    public async Task<ActionResult<EnrolledResponse>> Confirm([Form<TotpConfirmRequest, TotpFinishForm>] TotpFinishForm form, CancellationToken cancellation)
    {
        var who = await enrolling.ResumeAsync(HttpContext, form.Ticket);
        var added = await confirmation.ConfirmAsync(form.Confirmation, who, HttpContext.Device(), cancellation);
        if (added.SignedIn is { } signedIn)
        {
            return enrolling.Answer(HttpContext, signedIn, added.Changed.RecoveryCodes);
        }
        device.SetAgain(HttpContext, added.Changed);
        return new EnrolledResponse(added.Changed.RecoveryCodes);
    }
}
