using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Passkeys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Passkeys;

[Route("api/auth/login/passkey"), ApiEndpoint, AllowAnonymous]
public sealed class PasskeySignInController(PasskeyCeremony ceremony, PasskeyAsker asker, PasskeySignIn signIn, SignInAnswer answer, ClientSignIn client) : ControllerBase
{
    /// <summary>Begin to sign in with a passkey</summary>
    /// <remarks>
    /// What the browser asks an authenticator with, whosever passkey it has: a sign-in page may ask as it loads, and offer the passkeys beside
    /// the form (`mediation: "conditional"`). The authenticator verifies who it is, by PIN, finger or face. With a `ticket` of
    /// `second_factor_required`, or with an access token, of that user's own passkeys: for `second-factor`, or for `reauthenticate`, and nothing else.
    /// </remarks>
    [HttpPost("begin"), EnableRateLimiting(Throttle.Others)]
    [Succeeds<PasskeyRequestResponse>, Fails(ErrorCode.InvalidTicket)]
    [TakesCookie(CookieNames.SignInTicket, "the ticket, after the redirect flow")]
    public async Task<ActionResult<PasskeyRequestResponse>> Begin([Form<PasskeyBeginRequest, PasskeyBeginForm>] PasskeyBeginForm form)
    {
        var (purpose, user) = await asker.WhoAsync(HttpContext, form.Ticket);
        return PasskeyRequestResponse.Of(await ceremony.BeginAsync(purpose, user, HttpContext));
    }

    /// <summary>Sign in with a passkey</summary>
    /// <remarks>
    /// Answers as a sign-in with the password, and counts for two factors. One answer, `invalid_credentials`, stands for all that can be wrong with the
    /// passkey or the state, which is spent by the first try. Who has deleted the account gets `account_deleted`, and with `restore` has it back.
    /// </remarks>
    [HttpPost("finish"), EnableRateLimiting(Throttle.SignIn)]
    [Succeeds<LoginResponse>, SignsIn]
    [Fails(ErrorCode.InvalidCredentials), Fails(ErrorCode.AccountFrozen, ErrorCode.AccountDeleted, ErrorCode.EmailNotVerified, ErrorCode.PermissionDenied)]
    public async Task<ActionResult<LoginResponse>> Finish([Form<PasskeySignInRequest, PasskeySignInForm>] PasskeySignInForm form)
    {
        var request = client.Request(HttpContext, form.Remember, form.Restore);
        var proven = await ceremony.FinishAsync(form.Presented, PasskeyPurpose.SignIn, null, HttpContext);
        return answer.To(HttpContext, await signIn.SignInAsync(proven, request, HttpContext.RequestAborted));
    }
}
