using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Api.Sessions;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.Registration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Compatibility.Flask;

/// <summary>The tutorial with <c>/auth</c> and a cookie: signing up, in and out.</summary>
[Mounted(Library.Flask), FlaskErrors("error", Flag = "ok"), ApiEndpoint, AllowAnonymous, ApiExplorerSettings(IgnoreApi = true)]
public sealed class FlaskAuthController(AliasSignUp signUp, AliasSignIn signIn, SignOut signOut, Visitor visitor) : ControllerBase
{
    [HttpPost("auth/register"), EnableRateLimiting(Throttle.Registration)]
    [TellsField("username", 409, "Username already taken", IsTaken = true), TellsField("email", 409, "Email already registered", IsTaken = true)]
    public async Task<IActionResult> Register([Form<FlaskRegisterRequest, RegistrationForm>] RegistrationForm form, CancellationToken cancellation)
    {
        await signUp.RegisterAsync(HttpContext, form, cancellation);
        return StatusCode(StatusCodes.Status201Created, FlaskOkResponse.Of("User registered"));
    }

    [HttpPost("auth/login"), FlaskErrors("error"), EnableRateLimiting(Throttle.SignIn)]
    [Tells(ErrorCode.InvalidCredentials, 401, "invalid credentials")]
    public async Task<FlaskOkResponse> Login([Form<FlaskAuthLoginRequest, Credentials>] Credentials credentials, CancellationToken cancellation)
    {
        await signIn.SessionAsync(HttpContext, credentials, mayBeInBody: false, cancellation);
        return FlaskOkResponse.Of("login successful");
    }

    [HttpPost("auth/logout"), DisableRateLimiting]
    public async Task<FlaskOkResponse> Logout()
    {
        await signOut.EndAsync(HttpContext, refresh: null);
        return FlaskOkResponse.Of("logged out");
    }

    [HttpGet("auth/current_user"), DisableRateLimiting]
    public async Task<FlaskCurrentUserResponse> CurrentUser(CancellationToken cancellation) =>
        FlaskCurrentUserResponse.Of((await visitor.SignedInAsync(HttpContext, cancellation))?.User);
}
