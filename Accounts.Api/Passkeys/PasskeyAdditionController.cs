using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Passkeys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Passkeys;

/// <summary>Passkeys of who is signed in, or whose sign-in waits for one.</summary>
[Route("api/auth/factors/passkeys"), ApiEndpoint, Authorize, TakesTicket, DemandsStepUp, EnableRateLimiting(Throttle.Others)]
public sealed class PasskeyAdditionController(
    PasskeyCeremony ceremony, PasskeyEnrolment enrolment, PasskeyAddition addition, Enrolling enrolling, DeviceCookie device) : ControllerBase
{
    /// <summary>Begin to add a passkey</summary>
    /// <remarks>
    /// What the browser asks an authenticator with, for the user who is signed in. The sign-in was at most 10 minutes ago, the user's address is verified.
    /// In place of a session the `ticket` of `second_factor_enrolment_required` will do, with the code that `login/enrolment/mail/` mails.
    /// </remarks>
    [HttpPost("begin"), Succeeds<PasskeyCreationResponse>, Enrols, Fails(ErrorCode.InvalidTicket, ErrorCode.InvalidCredentials), Fails(ErrorCode.TicketOfAnotherUser)]
    [Fails(ErrorCode.ReauthenticationRequired, ErrorCode.EmailNotVerified), Fails(ErrorCode.TooManyFactors)]
    public async Task<ActionResult<PasskeyCreationResponse>> Begin([Form<EnrolmentRequest, EnrolmentForm>] EnrolmentForm form)
    {
        var who = await enrolling.BeginAsync(HttpContext, form);
        return PasskeyCreationResponse.Of(await ceremony.BeginRegistrationAsync(await enrolment.PrepareAsync(who.UserId, HttpContext.RequestAborted), HttpContext));
    }

    /// <summary>Add a passkey</summary>
    /// <remarks>
    /// From now on the user signs in with it alone. Every other session ends, and a mail tells of it. `invalid_passkey` stands for all that can be wrong with
    /// the passkey or the state, which is spent by the first try. With the first second factor come ten recovery codes, shown here and never again. With a `ticket` it is a sign-in,
    /// too, as it was asked for with the first factor, and answered as one, with 200.
    /// </remarks>
    [HttpPost("finish"), Succeeds<PasskeyResponse>(StatusCodes.Status201Created), Succeeds<EnrolledResponse>, Enrols(Finishes = true), Fails(ErrorCode.InvalidTicket)]
    [Fails(ErrorCode.InvalidPasskey, ErrorCode.TicketOfAnotherUser), Fails(ErrorCode.TooManyFactors)]
    [Fails(ErrorCode.ReauthenticationRequired, ErrorCode.EmailNotVerified, ErrorCode.AccountFrozen, ErrorCode.AccountDeleted, ErrorCode.PermissionDenied)]
    public async Task<IActionResult> Finish([Form<PasskeyAdditionRequest, PasskeyAdditionForm>] PasskeyAdditionForm form)
    {
        var who = await enrolling.ResumeAsync(HttpContext, form.Ticket);
        var made = await ceremony.FinishRegistrationAsync(form.Presented, who.UserId, HttpContext);
        var added = await addition.AddAsync(made, form.Name, who, HttpContext.Device(), HttpContext.RequestAborted);
        if (added.SignedIn is { } signedIn)
        {
            return Ok(enrolling.Answer(HttpContext, signedIn, added.Changed.RecoveryCodes));
        }
        if (added.Changed.Bond is { } bond)
        {
            device.Set(HttpContext, bond);
        }
        return StatusCode(StatusCodes.Status201Created, PasskeyResponse.Of(added));
    }
}
