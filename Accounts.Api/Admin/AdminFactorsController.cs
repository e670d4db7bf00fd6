using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Admin;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Admin;

/// <summary>For who has lost every second factor, and every recovery code.</summary>
[Route("api/admin/users/{id}/reset-factors"), ApiEndpoint, AdministratorsOnly, EnableRateLimiting(Throttle.Others)]
public sealed class AdminFactorsController(Administration administration, UserFactorReset reset) : ControllerBase
{
    /// <summary>Have a user's second factors removed</summary>
    /// <remarks>
    /// In 24 hours, of which the user is told at once: a sign-in with any of the factors, or one of the recovery codes, calls it off. Then factors, codes and trusted
    /// devices go and every session ends; the password stays. Asked for once more, it stays as it is.
    /// </remarks>
    /// <param name="id">the user's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpPost, DemandsStepUp, Succeeds<FactorResetResponse>(StatusCodes.Status202Accepted)]
    [Fails(ErrorCode.NotFound, ErrorCode.ReauthenticationRequired, ErrorCode.NoSecondFactor, ErrorCode.UserInactive)]
    public async Task<IActionResult> Reset(string id, CancellationToken cancellation)
    {
        var asked = reset.Ask();
        await administration.DoAsync(AdminAnswer.Id(id), asked.Act, AdminAnswer.Actor(HttpContext), cancellation);
        return Accepted(new FactorResetResponse(asked.EffectiveAt().UtcDateTime));
    }
}
