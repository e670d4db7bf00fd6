using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Api.MailedTokens;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.Passwords.Reset;
using Accounts.Core.Registration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Compatibility.Flask;

/// <summary>The same tutorial: what mailed links bring.</summary>
[Mounted(Library.Flask), FlaskErrors("error", Flag = "ok"), ApiEndpoint, AllowAnonymous, ApiExplorerSettings(IgnoreApi = true)]
public sealed class FlaskMailsController(AliasSignUp signUp, AliasMails mails, AliasPasswords passwords, IOptions<PagesOptions> pages) : ControllerBase
{
    /// <summary>A script verifies; whoever follows a link, and whatever looks at it before, gets the page, which changes nothing by being opened.</summary>
    [HttpGet("auth/verify/{token}"), EnableRateLimiting(Throttle.Others)]
    [Tells(ErrorCode.InvalidToken, 400, "Invalid token")]
    public async Task<IActionResult> Verify(string token, CancellationToken cancellation)
    {
        if (!Request.IsScript())
        {
            return pages.Value.Enabled ? Redirect($"/verify-email#token={Uri.EscapeDataString(token)}") : NotFound();
        }
        await signUp.VerifyAsync(HttpContext, new VerificationByLink(token), cancellation);
        return Ok(FlaskOkResponse.Of("Email verified!"));
    }

    [HttpPost("auth/request_reset"), EnableRateLimiting(Throttle.Others)]
    public async Task<FlaskOkResponse> AskReset([Form<CodeMailRequest, CodeMailForm>] CodeMailForm form, CancellationToken cancellation)
    {
        await mails.ResetAsync(HttpContext, form, cancellation);
        return FlaskOkResponse.Of("If email exists, reset link sent");
    }

    [HttpPost("auth/reset_password/{token}"), EnableRateLimiting(Throttle.SignIn)]
    [Tells(ErrorCode.InvalidToken, 400, "Invalid or expired token")]
    public async Task<FlaskOkResponse> Reset(string token, [Form<FlaskResetRequest, NewPassword>] NewPassword password, CancellationToken cancellation)
    {
        await passwords.ResetAsync(HttpContext, new ResetByLink(token) { NewPassword = password }, cancellation);
        return FlaskOkResponse.Of("Password reset successful");
    }
}
