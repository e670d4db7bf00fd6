using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Passwords;

[Route("api/auth/login"), ApiEndpoint, AllowAnonymous]
public sealed class LoginController(
    PasswordLogin login, SignInAnswer answer, ClientSignIn client) : ControllerBase
{
    /// <summary>Sign in</summary>
    /// <remarks>
    /// Answers with an access token and sets the refresh cookie. One answer, `invalid_credentials`, stands for an unknown user,
    /// a wrong password, an inactive user and an account without a password. Who has deleted the account gets `account_deleted` after the
    /// right password, and with `restore` has it back until `restore_until`.
    /// </remarks>
    [HttpPost, EnableRateLimiting(Throttle.SignIn)]
    [Succeeds<LoginResponse>, SignsIn]
    [Fails(ErrorCode.InvalidCredentials), Fails(ErrorCode.AccountFrozen, ErrorCode.AccountDeleted, ErrorCode.EmailNotVerified, ErrorCode.SecondFactorRequired, ErrorCode.SecondFactorEnrolmentRequired, ErrorCode.PermissionDenied)]
    public async Task<ActionResult<LoginResponse>> Login([Form<LoginRequest, LoginForm>] LoginForm form, CancellationToken cancellation)
    {
        var signedIn = await login.LoginAsync(form.Credentials, client.Request(HttpContext, form.Remember, form.Restore), cancellation);
        return answer.To(HttpContext, signedIn);
    }
}
