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

[Route("api/auth/password/change"), ApiEndpoint, Authorize]
public sealed class PasswordChangeController(PasswordChange change, SignInAnswer answer, CarriedToken carried) : ControllerBase
{
    /// <summary>Change the password</summary>
    /// <remarks>
    /// Takes the old password; where there is none, a sign-in at most 10 minutes ago. Ends every session. Who sent their refresh token
    /// along gets a new session, answered as a login; who did not, and who must have a second factor by now and has none, signs in again. `new_password1` and `new_password2` may stand for
    /// `new_password`.
    /// </remarks>
    [HttpPost, EnableRateLimiting(Throttle.SignIn)]
    [Succeeds<PasswordChangeResponse>, Fails(ErrorCode.ReauthenticationRequired)]
    [SignsIn(Brought = "the session that goes on", ByHeader = false)]
    public async Task<ActionResult<PasswordChangeResponse>> Change([Form<PasswordChangeRequest, PasswordChangeInput>] PasswordChangeInput input, CancellationToken cancellation)
    {
        var signedIn = await change.ChangeAsync(input.Form, HttpContext.LiveSession(), carried.Of(Request, input.Refresh), HttpContext.Device(), cancellation);
        return PasswordChangeResponse.Of(signedIn is null ? null : answer.To(HttpContext, signedIn), HttpContext.Say);
    }
}
