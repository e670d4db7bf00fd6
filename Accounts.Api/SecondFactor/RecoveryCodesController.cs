using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.SecondFactor;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.SecondFactor;

[Route("api/auth/factors/recovery-codes"), ApiEndpoint, Authorize, EnableRateLimiting(Throttle.Others)]
public sealed class RecoveryCodesController(RecoveryCodeRenewal renewal, DeviceCookie device) : ControllerBase
{
    /// <summary>Make new recovery codes</summary>
    /// <remarks>
    /// Asks for a sign-in of at most 10 minutes ago. Ten codes, each good once, shown here and never again; those of before are good for nothing.
    /// Every other session ends, and a mail is sent.
    /// </remarks>
    [HttpPost, DemandsStepUp]
    [Succeeds<RecoveryCodesResponse>, Fails(ErrorCode.ReauthenticationRequired), Fails(ErrorCode.NoSecondFactor)]
    [ChangesFactors]
    public async Task<ActionResult<RecoveryCodesResponse>> Renew(CancellationToken cancellation)
    {
        var changed = await renewal.RenewAsync(HttpContext.LiveSession(), HttpContext.Device(), cancellation);
        device.SetAgain(HttpContext, changed);
        return new RecoveryCodesResponse(changed.RecoveryCodes);
    }
}
