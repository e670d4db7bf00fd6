using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Compatibility.Flask;

/// <summary>The tutorial whose front end keeps a <c>sessionToken</c>.</summary>
[Mounted(Library.Flask), FlaskErrors("error", Flag = "success"), ApiEndpoint, AllowAnonymous, ApiExplorerSettings(IgnoreApi = true)]
public sealed class FlaskLoginController(AliasSignIn signIn) : ControllerBase
{
    [HttpPost("login"), EnableRateLimiting(Throttle.SignIn)]
    [Tells(ErrorCode.InvalidCredentials, 401, "Invalid credentials")]
    public async Task<FlaskLoginResponse> Login([Form<FlaskLoginRequest, Credentials>] Credentials credentials, CancellationToken cancellation)
    {
        var tokens = await signIn.SessionAsync(HttpContext, credentials, mayBeInBody: true, cancellation);
        return new FlaskLoginResponse(true, tokens.SessionToken ?? AliasSignIn.InCookie, new FlaskLoginUserResponse(tokens.User.Id, tokens.User.Email, tokens.User.LegacyId));
    }
}
