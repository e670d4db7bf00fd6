using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.MailedTokens;
using Accounts.Core.EmailCodes;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.EmailCodes;

/// <summary>Has a mail sent that signs in, and looks at its link.</summary>
[Route("api/auth/login/code"), ApiEndpoint, AllowAnonymous, TypeFilter<EmailCodesSwitch>, EnableRateLimiting(Throttle.Others)]
public sealed class EmailCodeController(MailSignIn signIn, MailSignInReview review, Attempts attempts) : ControllerBase
{
    private const string Sent = "Sign-in e-mail has been sent.";

    /// <summary>Have a code mailed to sign in by</summary>
    /// <remarks>
    /// Mails 8 digits and a link, good for 10 minutes. Answers the same whatever the address, so that nobody learns who has an account; asking
    /// changes nothing. Code and link count in this browser, by its cookie or, with `X-Token-Transport: body`, by the answer's `attempt`. With
    /// `Accounts__EmailCodes__SignUp` an address that nobody has gets a mail, too, and an account in the end. `not_found` without
    /// `Accounts__EmailCodes__Enabled`.
    /// </remarks>
    [HttpPost]
    [Says<CodeMailedResponse>(Sent), Fails(ErrorCode.NotFound)]
    [TakesCookie(CookieNames.Device, "a device that is known already"), TakesCookie(CookieNames.Attempt, "keeps the browser's name")]
    [SetsCookie(CookieNames.Attempt, "lets the code of the mail count in this browser")]
    public async Task<ActionResult<CodeMailedResponse>> Ask([Form<CodeMailRequest, CodeMailForm>] CodeMailForm form, CancellationToken cancellation)
    {
        attempts.DemandTransport(HttpContext);
        var attempt = attempts.Of(HttpContext, form.Attempt);
        await signIn.AskAsync(form.Address, attempt, HttpContext.Device(), cancellation);
        return new CodeMailedResponse(HttpContext.Say(Sent), attempts.Keep(HttpContext, attempt, MailedToken.SignInLifetime, form.Attempt));
    }

    /// <summary>Look at the mailed link before using it</summary>
    /// <remarks>
    /// What our page `/sign-in/code` asks for: who had the mail sent, when and from where. In any browser but that one it shows the code,
    /// which counts there; it changes nothing, and signs nobody in.
    /// </remarks>
    [HttpPost("check")]
    [Succeeds<EmailCodeCheckResponse>, Fails(ErrorCode.InvalidToken), Fails(ErrorCode.NotFound)]
    [TakesCookie(CookieNames.Attempt, "shows that this browser had the mail sent")]
    public async Task<ActionResult<EmailCodeCheckResponse>> Look([Form<EmailCodeCheckRequest, EmailCodeCheckForm>] EmailCodeCheckForm form, CancellationToken cancellation) =>
        EmailCodeCheckResponse.Of(await review.LookAsync(form.Token, attempts.AllOf(HttpContext, form.Attempt), cancellation));
}
