using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Pages;
using Accounts.Api.Users;
using Accounts.Core.Failures;
using Accounts.Core.Registration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Registration;

[Route("api/auth/verify-email"), ApiEndpoint, AllowAnonymous, EnableRateLimiting(Throttle.Others)]
public sealed class EmailVerificationController(
    EmailVerification verification, VerificationReview review, VerificationRejection rejection, RegisteredBrowser browser, IOptions<PagesOptions> pages) : ControllerBase
{
    private const string Registered = "shows that this is the browser that registered";

    /// <summary>Follow a mailed link</summary>
    /// <remarks>
    /// A script (`Accept: application/json`) confirms the address. Everything else that follows a link, people, mail scanners
    /// and prefetchers, gets a page, which changes nothing by being opened.
    /// </remarks>
    /// <param name="token">the token of the link</param>
    [HttpGet]
    [Says<MessageResponse>("Email verified", HasPage = true)]
    [Fails(ErrorCode.InvalidToken), Fails(ErrorCode.ConfirmationRequired)]
    [TakesCookie(CookieNames.Registration, Registered)]
    public async Task<IActionResult> Open([FromQuery] string? token, CancellationToken cancellation)
    {
        if (!Request.IsScript())
        {
            return pages.Value.Enabled ? Page.Show(HttpContext, "verify-email") : NotFound();
        }
        await verification.VerifyAsync(new VerificationByLink(token ?? ""), await browser.EvidenceAsync(HttpContext, null, cancellation), HttpContext.Device(), cancellation);
        return Verified();
    }

    /// <summary>Verify an address</summary>
    /// <remarks>
    /// By the `token` of the mailed link, or by `email` and the `code` of the same mail, which counts only in the browser that had it sent:
    /// by its cookies, or by the `attempt` that it was given. Doing it again answers the same.
    /// </remarks>
    [HttpPost]
    [Says<MessageResponse>("Email verified")]
    [Fails(ErrorCode.InvalidToken), Fails(ErrorCode.InvalidCredentials), Fails(ErrorCode.ConfirmationRequired)]
    [TakesCookie(CookieNames.Registration, Registered), TakesCookie(CookieNames.Attempt, "shows that this browser had the code sent")]
    public async Task<IActionResult> Verify([Form<VerifyEmailRequest, VerificationForm>] VerificationForm form, CancellationToken cancellation)
    {
        await verification.VerifyAsync(form, await browser.EvidenceAsync(HttpContext, form.Attempt, cancellation), HttpContext.Device(), cancellation);
        return Verified();
    }

    /// <summary>Look at a link before using it</summary>
    /// <remarks>Tells whose address a `token` proves, and whether this is the browser that registered. Changes nothing.</remarks>
    [HttpPost("check")]
    [Succeeds<VerificationCheckResponse>, Fails(ErrorCode.InvalidToken)]
    [TakesCookie(CookieNames.Registration, Registered)]
    public async Task<IActionResult> Look([Form<CheckRequest, CheckForm>] CheckForm form, CancellationToken cancellation)
    {
        var pending = await review.LookAsync(form.Token, await browser.EvidenceAsync(HttpContext, form.Attempt, cancellation), cancellation);
        return Ok(new VerificationCheckResponse(pending.Username, pending.Email, pending.Verified, pending.SameBrowser, pending.PasswordNeeded ? true : null));
    }

    /// <summary>"This was not me"</summary>
    /// <remarks>Deletes the unverified account that somebody made with this address.</remarks>
    [HttpPost("reject")]
    [Says<DetailResponse>("The account has been deleted."), Fails(ErrorCode.InvalidToken)]
    public async Task<IActionResult> Reject([Form<MailedTokenRequest, string>] string token, CancellationToken cancellation)
    {
        await rejection.RejectAsync(token, HttpContext.Device(), cancellation);
        return Ok(new DetailResponse(HttpContext.Say("The account has been deleted.")));
    }

    private OkObjectResult Verified() => Ok(new MessageResponse(HttpContext.Say("Email verified")));
}
