using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.MailedTokens;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Passwords.Reset;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Passwords;

[Route("api/auth/password/reset"), ApiEndpoint, AllowAnonymous]
public sealed class PasswordResetController(PasswordReset reset, PasswordResetConfirmation confirmation, Attempts attempts) : ControllerBase
{
    /// <summary>Forgot the password</summary>
    /// <remarks>
    /// Mails a link and a code of 8 digits by which a new password is chosen, good for 30 minutes. Answers the same whatever the address, so
    /// that nobody learns who has an account; asking changes nothing. The code counts in this browser, by its cookie or, with
    /// `X-Token-Transport: body`, by the answer's `attempt`.
    /// </remarks>
    [HttpPost, EnableRateLimiting(Throttle.Others)]
    [Says<CodeMailedResponse>("Password reset e-mail has been sent.")]
    [TakesCookie(CookieNames.Device, "a device that is known already"), TakesCookie(CookieNames.Attempt, "keeps the browser's name")]
    [SetsCookie(CookieNames.Attempt, "lets the code of the mail count in this browser")]
    public async Task<ActionResult<CodeMailedResponse>> Ask([Form<CodeMailRequest, CodeMailForm>] CodeMailForm form, CancellationToken cancellation)
    {
        attempts.DemandTransport(HttpContext);
        var attempt = attempts.Of(HttpContext, form.Attempt);
        await reset.AskAsync(form.Address, attempt, HttpContext.Device(), cancellation);
        return new CodeMailedResponse(HttpContext.Say("Password reset e-mail has been sent."), attempts.Keep(HttpContext, attempt, MailedToken.ResetLifetime, form.Attempt));
    }

    /// <summary>Choose a new password by the mailed link or code</summary>
    /// <remarks>
    /// By the `token` of the link, or by `email` and the `code` of the same mail, which counts only in the browser that had it sent: by its
    /// cookie, or by the `attempt` that it was given. Ends every session, verifies the address, and signs nobody in. A password that is
    /// refused uses up neither. After five wrong codes the link still works. `new_password1` and `new_password2` may stand for
    /// `new_password`; a `uid` is ignored.
    /// </remarks>
    [HttpPost("confirm"), EnableRateLimiting(Throttle.SignIn)]
    [Says<DetailResponse>("Password has been reset with the new password."), Fails(ErrorCode.InvalidToken)]
    [TakesCookie(CookieNames.Device, "a device that is known already"), TakesCookie(CookieNames.Attempt, "shows that this browser had the code sent")]
    public async Task<ActionResult<DetailResponse>> Confirm([Form<PasswordResetConfirmRequest, PasswordResetInput>] PasswordResetInput input, CancellationToken cancellation)
    {
        await confirmation.ConfirmAsync(input.Form, attempts.AllOf(HttpContext, input.Attempt), HttpContext.Device(), cancellation);
        return new DetailResponse(HttpContext.Say("Password has been reset with the new password."));
    }
}
