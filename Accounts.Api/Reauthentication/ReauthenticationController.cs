using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Sessions;
using Accounts.Core.Failures;
using Accounts.Core.Reauthentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Reauthentication;

[Route("api/auth/reauthenticate"), ApiEndpoint, Authorize, EnableRateLimiting(Throttle.SignIn)]
public sealed class ReauthenticationController(Reauthenticator reauthenticator, ReproofMailing mail, TokenTransport transport) : ControllerBase
{
    /// <summary>Prove once more who you are</summary>
    /// <remarks>
    /// Where an answer is `reauthentication_required`: by one of its `methods`. The proof stands in the access token of this answer and in no other: a
    /// refresh brings one as it was. A second factor makes `acr` `aal2`. `invalid_credentials`: it is another code, and may be typed anew. A
    /// provider's word counts where its ID token says that the person has proved it there within 10 minutes (`auth_time`); else
    /// `reauthentication_required` names what does. Who must have a second factor by now and has none gets no token but
    /// `second_factor_enrolment_required` with a ticket, as at a sign-in. In session mode a new session, which alone is recent, takes the place of the
    /// one that asks, and its token that of the token before.
    /// </remarks>
    [HttpPost]
    [Succeeds<ReauthenticatedResponse>, TakesCookie(CookieNames.Device, "a device that is known already")]
    [Fails(ErrorCode.UnsupportedProvider, ErrorCode.InvalidState, ErrorCode.CodeExchangeFailed, ErrorCode.ProviderProfileFailed)]
    [Fails(ErrorCode.InvalidCredentials), Fails(ErrorCode.ReauthenticationRequired, ErrorCode.SecondFactorEnrolmentRequired, ErrorCode.EmailNotVerified)]
    [SetsCookie(CookieNames.Session, "the next session token, in session mode")]
    [TakesHeader(TokenTransport.Header, "`body`: for a state that was begun so.", Values = ["body"]), TakesCookie(CookieNames.Social, "the browser that began, for a `state`")]
    public async Task<ActionResult<ReauthenticatedResponse>> Prove([Form<ReauthenticationRequest, Reproof>] Reproof given, CancellationToken cancellation)
    {
        var reproved = await reauthenticator.ProveAsync(given, HttpContext.LiveSession(), HttpContext.Device(), cancellation);
        return reproved.Access is { } access
            ? ReauthenticatedResponse.Of(access)
            : new ReauthenticatedResponse(null, null, transport.Begin(HttpContext, reproved.Session!).SessionToken);
    }

    /// <summary>Have a code mailed that proves it</summary>
    /// <remarks>For who has neither a password nor a second factor: a provider's session may be as old as it likes. Good for 10 minutes, in the session that asked for it, and for 5 tries. `throttled`: no mail has gone, for another did a moment ago.</remarks>
    [HttpPost("mail")]
    [Says<DetailResponse>("A code has been sent to your address."), Fails(ErrorCode.ReauthenticationRequired)]
    [TakesCookie(CookieNames.Device, "a device that is known already")]
    public async Task<ActionResult<DetailResponse>> Mail(CancellationToken cancellation)
    {
        await mail.SendAsync(HttpContext.LiveSession(), HttpContext.Device(), cancellation);
        return new DetailResponse(HttpContext.Say("A code has been sent to your address."));
    }
}
