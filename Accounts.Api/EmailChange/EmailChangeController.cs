using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.EmailChange;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.EmailChange;

[Route("api/auth/email/change"), ApiEndpoint]
public sealed class EmailChangeController(AddressChange change, AddressChangeConfirmation confirmation, SignInAnswer answer, CarriedToken carried) : ControllerBase
{
    /// <summary>Change the address</summary>
    /// <remarks>
    /// Mails a link, good for 24 hours, to the new address; until it is confirmed nothing changes. Takes the password, or a sign-in at most 10
    /// minutes ago. Answers the same whatever the address: if it is somebody's, they are told by mail.
    /// </remarks>
    [HttpPost, Authorize, EnableRateLimiting(Throttle.SignIn)]
    [Says<DetailResponse>("A mail has been sent to the new address."), Fails(ErrorCode.ReauthenticationRequired)]
    [TakesCookie(CookieNames.Device, "a device that is known already")]
    public async Task<ActionResult<DetailResponse>> Ask([Form<EmailChangeRequest, AddressChangeForm>] AddressChangeForm form, CancellationToken cancellation)
    {
        await change.AskAsync(form, HttpContext.LiveSession(), HttpContext.Device(), cancellation);
        return new DetailResponse(HttpContext.Say("A mail has been sent to the new address."));
    }

    /// <summary>Confirm the new address by the mailed link</summary>
    /// <remarks>
    /// Verifies the address, and ends every session. Where a refresh token of the user came along, its session goes on as a new one, answered
    /// as a login; not that of who must have a second factor by now and has none. The address from before is told by mail.
    /// </remarks>
    [HttpPost("confirm"), AllowAnonymous, EnableRateLimiting(Throttle.Others)]
    [Succeeds<EmailChangeResponse>, Fails(ErrorCode.InvalidToken), Fails(ErrorCode.EmailTaken)]
    [SignsIn(Brought = "the session that goes on", ByHeader = false)]
    public async Task<ActionResult<EmailChangeResponse>> Confirm([Form<EmailChangeConfirmRequest, EmailChangeInput>] EmailChangeInput input, CancellationToken cancellation)
    {
        var own = await carried.OfLiveAsync(Request, input.Refresh, cancellation);
        var signedIn = await confirmation.ConfirmAsync(input.Token, own, HttpContext.Device(), cancellation);
        return EmailChangeResponse.Of(signedIn is null ? null : answer.To(HttpContext, signedIn), HttpContext.Say);
    }
}
