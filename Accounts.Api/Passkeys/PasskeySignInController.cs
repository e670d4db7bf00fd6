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

[Route("api/auth/login/passkey/finish"), ApiEndpoint, AllowAnonymous, EnableRateLimiting(Throttle.SignIn)]
public sealed class PasskeySignInController(PasskeyCeremony ceremony, PasskeySignIn signIn, SignInAnswer answer, ClientSignIn client) : ControllerBase
{
    /// <summary>Sign in with a passkey</summary>
    /// <remarks>
    /// Answers as a sign-in with the password, and counts for two factors. One answer, `invalid_credentials`, stands for all that can be wrong with the
    /// passkey or the state, which is spent by the first try. Who has deleted the account gets `account_deleted`, and with `restore` has it back.
    /// </remarks>
    [HttpPost]
    [Succeeds<LoginResponse>, SignsIn]
    [Fails(ErrorCode.InvalidCredentials), Fails(ErrorCode.AccountFrozen, ErrorCode.AccountDeleted, ErrorCode.EmailNotVerified, ErrorCode.PermissionDenied)]
    public async Task<ActionResult<LoginResponse>> Finish([Form<PasskeySignInRequest, PasskeySignInForm>] PasskeySignInForm form)
    {
        var request = client.Request(HttpContext, form.Remember, form.Restore);
        var proven = await ceremony.FinishAsync(form.Presented, PasskeyPurpose.SignIn, null, HttpContext);
        return answer.To(HttpContext, await signIn.SignInAsync(proven, request, HttpContext.RequestAborted));
    }
}
