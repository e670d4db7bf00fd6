using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Passwords;

[Route("api/auth/password/reset"), ApiEndpoint, AllowAnonymous]
public sealed class PasswordResetController(PasswordReset reset, PasswordResetConfirmation confirmation) : ControllerBase
{
    /// <summary>Forgot the password</summary>
    /// <remarks>
    /// Mails a link by which a new password is chosen, good for 30 minutes. Answers the same whatever the address, so that nobody
    /// learns who has an account; asking changes nothing.
    /// </remarks>
    [HttpPost, EnableRateLimiting(Throttle.Others)]
    [Says<DetailResponse>("Password reset e-mail has been sent.")]
    [TakesCookie(CookieNames.Device, "a device that is known already")]
    public async Task<ActionResult<DetailResponse>> Ask([Form<EmailRequest, EmailAddress>] EmailAddress address, CancellationToken cancellation)
    {
        await reset.AskAsync(address, HttpContext.Device(), cancellation);
        return new DetailResponse("Password reset e-mail has been sent.");
    }

    /// <summary>Choose a new password by the mailed link</summary>
    /// <remarks>
    /// Ends every session, verifies the address, and signs nobody in. A password that is refused does not use up the link.
    /// `new_password1` and `new_password2` may stand for `new_password`; a `uid` is ignored.
    /// </remarks>
    [HttpPost("confirm"), EnableRateLimiting(Throttle.SignIn)]
    [Says<DetailResponse>("Password has been reset with the new password."), Fails(ErrorCode.InvalidToken)]
    [TakesCookie(CookieNames.Device, "a device that is known already")]
    public async Task<ActionResult<DetailResponse>> Confirm([Form<PasswordResetConfirmRequest, PasswordResetForm>] PasswordResetForm form, CancellationToken cancellation)
    {
        await confirmation.ConfirmAsync(form, HttpContext.Device(), cancellation);
        return new DetailResponse("Password has been reset with the new password.");
    }
}
