using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Api.MailedTokens;
using Accounts.Api.Passwords;
using Accounts.Api.Registration;
using Accounts.Core.Failures;
using Accounts.Core.Registration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Compatibility.DjRestAuth;

/// <summary>dj-rest-auth, who is not signed in: signing up, and what mailed links bring.</summary>
[Mounted(Library.DjRestAuth), DrfErrors, ApiEndpoint, AllowAnonymous, ApiExplorerSettings(IgnoreApi = true)]
public sealed class DjRestAuthMailsController(AliasSignUp signUp, AliasMails mails, AliasPasswords passwords) : ControllerBase
{
    /// <summary>As with mandatory verification there: it signs nobody in.</summary>
    [HttpPost("registration"), EnableRateLimiting(Throttle.Registration)]
    public async Task<IActionResult> Register([Form<RegisterRequest, RegistrationForm>] RegistrationForm form, CancellationToken cancellation)
    {
        await signUp.RegisterAsync(HttpContext, form, cancellation);
        return StatusCode(StatusCodes.Status201Created, new DetailResponse(HttpContext.Say("Verification e-mail sent.")));
    }

    [HttpPost("registration/verify-email"), EnableRateLimiting(Throttle.Others)]
    [Tells(ErrorCode.InvalidToken, 404, "Not found.", Word = "not_found")]
    public async Task<DetailResponse> Verify([Form<DjRestAuthKeyRequest, VerificationByLink>] VerificationByLink form, CancellationToken cancellation)
    {
        await signUp.VerifyAsync(HttpContext, form, cancellation);
        return new DetailResponse(HttpContext.Say("ok"));
    }

    [HttpPost("registration/resend-email"), EnableRateLimiting(Throttle.Others)]
    public async Task<DetailResponse> Resend([Form<CodeMailRequest, CodeMailForm>] CodeMailForm form, CancellationToken cancellation)
    {
        await mails.VerificationAsync(HttpContext, form, cancellation);
        return new DetailResponse(HttpContext.Say("ok"));
    }

    [HttpPost("password/reset"), EnableRateLimiting(Throttle.Others)]
    public async Task<DetailResponse> AskReset([Form<CodeMailRequest, CodeMailForm>] CodeMailForm form, CancellationToken cancellation)
    {
        await mails.ResetAsync(HttpContext, form, cancellation);
        return new DetailResponse(HttpContext.Say("Password reset e-mail has been sent."));
    }

    /// <summary>The <c>uid</c> says nothing that the token does not.</summary>
    [HttpPost("password/reset/confirm"), EnableRateLimiting(Throttle.SignIn)]
    [Tells(ErrorCode.InvalidToken, 400, "Invalid value", Field = "token")]
    public async Task<DetailResponse> Reset([Form<PasswordResetConfirmRequest, PasswordResetInput>] PasswordResetInput input, CancellationToken cancellation)
    {
        await passwords.ResetAsync(HttpContext, input.Form, cancellation);
        return new DetailResponse(HttpContext.Say("Password has been reset with the new password."));
    }
}
