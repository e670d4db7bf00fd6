using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Api.MailedTokens;
using Accounts.Core.Failures;
using Accounts.Core.Passwords.Reset;
using Accounts.Core.Registration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Compatibility.Djoser;

/// <summary>djoser 2, who is not signed in: signing up, and what mailed links bring.</summary>
[Mounted(Library.Djoser), DrfErrors, ApiEndpoint, AllowAnonymous, ApiExplorerSettings(IgnoreApi = true)]
public sealed class DjoserUsersController(AliasSignUp signUp, AliasMails mails, AliasPasswords passwords) : ControllerBase
{
    [HttpPost("users"), EnableRateLimiting(Throttle.Registration)]
    public async Task<IActionResult> Create([Form<DjoserUserRequest, RegistrationForm>] RegistrationForm form, CancellationToken cancellation)
    {
        var id = await signUp.RegisterAsync(HttpContext, form, cancellation);
        return StatusCode(StatusCodes.Status201Created, new DjoserUserResponse(form.Email.Text, id, form.Username.Text));
    }

    [HttpPost("users/activation"), EnableRateLimiting(Throttle.Others)]
    [Tells(ErrorCode.InvalidToken, 400, "Invalid token for given user.", Field = "token")]
    public async Task<IActionResult> Activate([Form<DjoserActivationRequest, VerificationByLink>] VerificationByLink form, CancellationToken cancellation)
    {
        await signUp.VerifyAsync(HttpContext, form, cancellation);
        return NoContent();
    }

    [HttpPost("users/resend_activation"), EnableRateLimiting(Throttle.Others)]
    public async Task<IActionResult> Resend([Form<CodeMailRequest, CodeMailForm>] CodeMailForm form, CancellationToken cancellation)
    {
        await mails.VerificationAsync(HttpContext, form, cancellation);
        return NoContent();
    }

    [HttpPost("users/reset_password"), EnableRateLimiting(Throttle.Others)]
    public async Task<IActionResult> AskReset([Form<CodeMailRequest, CodeMailForm>] CodeMailForm form, CancellationToken cancellation)
    {
        await mails.ResetAsync(HttpContext, form, cancellation);
        return NoContent();
    }

    [HttpPost("users/reset_password_confirm"), EnableRateLimiting(Throttle.SignIn)]
    [Tells(ErrorCode.InvalidToken, 400, "Invalid token for given user.", Field = "token")]
    public async Task<IActionResult> Reset([Form<DjoserResetRequest, ResetByLink>] ResetByLink form, CancellationToken cancellation)
    {
        await passwords.ResetAsync(HttpContext, form, cancellation);
        return NoContent();
    }
}
