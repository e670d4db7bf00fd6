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

/// <summary>Passkeys of the user who is signed in.</summary>
[Route("api/auth/factors/passkeys"), ApiEndpoint, Authorize, DemandsStepUp, EnableRateLimiting(Throttle.Others)]
public sealed class PasskeyAdditionController(PasskeyCeremony ceremony, PasskeyEnrolment enrolment, PasskeyAddition addition, DeviceCookie device) : ControllerBase
{
    /// <summary>Begin to add a passkey</summary>
    /// <remarks>What the browser asks an authenticator with, for the user who is signed in. The sign-in was at most 10 minutes ago, the user's address is verified.</remarks>
    [HttpPost("begin"), Succeeds<PasskeyCreationResponse>]
    [Fails(ErrorCode.ReauthenticationRequired, ErrorCode.EmailNotVerified), Fails(ErrorCode.TooManyFactors)]
    public async Task<ActionResult<PasskeyCreationResponse>> Begin() =>
        PasskeyCreationResponse.Of(await ceremony.BeginRegistrationAsync(await enrolment.PrepareAsync(HttpContext.LiveSession(), HttpContext.RequestAborted), HttpContext));

    /// <summary>Add a passkey</summary>
    /// <remarks>
    /// From now on the user signs in with it alone. Every other session ends, and a mail tells of it. `invalid_passkey` stands for all that can be wrong with
    /// the passkey or the state, which is spent by the first try. With the first second factor come ten recovery codes, shown here and never again.
    /// </remarks>
    [HttpPost("finish"), Succeeds<PasskeyResponse>(StatusCodes.Status201Created)]
    [TakesCookie(CookieNames.Device, "a device that is known already"), SetsCookie(CookieNames.Device, "knows this device again")]
    [Fails(ErrorCode.InvalidPasskey), Fails(ErrorCode.ReauthenticationRequired, ErrorCode.EmailNotVerified), Fails(ErrorCode.TooManyFactors)]
    public async Task<ActionResult<PasskeyResponse>> Finish([Form<PasskeyAdditionRequest, PasskeyAdditionForm>] PasskeyAdditionForm form)
    {
        var live = HttpContext.LiveSession();
        var made = await ceremony.FinishRegistrationAsync(form.Presented, live.User.Id, HttpContext);
        var added = await addition.AddAsync(made, form.Name, live, HttpContext.Device(), HttpContext.RequestAborted);
        if (added.Changed.Bond is { } bond)
        {
            device.Set(HttpContext, bond);
        }
        return StatusCode(StatusCodes.Status201Created, PasskeyResponse.Of(added));
    }
}
