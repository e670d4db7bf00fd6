using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Failures;
using Accounts.Core.Recovery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Recovery;

[Route("api/auth/security"), ApiEndpoint, AllowAnonymous]
public sealed class RecoveryController(ChangeReview review, AccountFreeze freeze, AccountRecovery recovery) : ControllerBase
{
    /// <summary>Look at a change before stopping it</summary>
    /// <remarks>
    /// By the link of a mail about a change, for 7 days: that change and those after it, without any address. Changes nothing. The link is
    /// of no use any more once an earlier change was frozen, or the change was taken back.
    /// </remarks>
    [HttpPost("review"), EnableRateLimiting(Throttle.Others)]
    [Succeeds<ReviewResponse>, Fails(ErrorCode.InvalidToken)]
    public async Task<IActionResult> Review([Form<MailedTokenRequest, string>] string token, CancellationToken cancellation) =>
        Ok(ReviewResponse.Of(await review.ReadAsync(token, cancellation)));

    /// <summary>"This wasn't me"</summary>
    /// <remarks>
    /// By the same link. Ends every session; nobody signs in (403 `account_frozen`) until the account is had back, or the 7 days of the change
    /// are over. A mail with the link for that goes to the address that was the user's before the change; doing it again sends another.
    /// </remarks>
    [HttpPost("freeze"), EnableRateLimiting(Throttle.Others)]
    [Says<DetailResponse>("The account is frozen."), Fails(ErrorCode.InvalidToken)]
    public async Task<ActionResult<DetailResponse>> Freeze([Form<MailedTokenRequest, string>] string token, CancellationToken cancellation)
    {
        await freeze.FreezeAsync(token, HttpContext.Device(), cancellation);
        return new DetailResponse(HttpContext.Say("The account is frozen."));
    }

    /// <summary>Have a frozen account back</summary>
    /// <remarks>
    /// By the link of the mail that freezing has sent, good for 30 minutes. Takes back the change and all after it, sets a new password, ends
    /// every session, and signs nobody in. What was connected in the last 7 days goes, too, be it of before the change. `kept` names what is not there
    /// any more, because somebody else has it by now or may have connected it. A password that is refused does not use up the link.
    /// </remarks>
    [HttpPost("recover"), EnableRateLimiting(Throttle.SignIn)]
    [Succeeds<RecoveredResponse>, Fails(ErrorCode.InvalidToken), Fails(ErrorCode.InvalidCredentials), Fails(ErrorCode.SecondFactorRequired, ErrorCode.RecoveryWaits), Fails(ErrorCode.EmailTaken)]
    [TakesCookie(CookieNames.Device, "a device that is known already")]
    public async Task<IActionResult> Recover([Form<RecoveryRequest, RecoveryForm>] RecoveryForm form, CancellationToken cancellation) =>
        Ok(RecoveredResponse.Of(await recovery.RecoverAsync(form, HttpContext.Device(), cancellation), HttpContext.Say));
}
