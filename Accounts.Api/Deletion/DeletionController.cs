using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Deletion;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Deletion;

[Route("api/auth/me"), ApiEndpoint]
public sealed class DeletionController(AccountDeletion deletion, EarlyErasure erasure, SignedInCookies cookies) : ControllerBase
{
    /// <summary>Delete the account</summary>
    /// <remarks>
    /// Takes the password, or a sign-in at most 10 minutes ago. Ends every session and tells the user by mail. For `Accounts__Deletion__Delay`
    /// (14 days) a sign-in with `restore` has it back; then everything is erased, and address and username are free.
    /// </remarks>
    [HttpDelete, Authorize, EnableRateLimiting(Throttle.SignIn)]
    [Succeeds(StatusCodes.Status204NoContent), Fails(ErrorCode.ReauthenticationRequired, ErrorCode.LastAdministrator)]
    [SetsCookie(CookieNames.Refresh, "cleared"), SetsCookie(CookieNames.Session, "cleared")]
    public async Task<IActionResult> Delete([Form<DeletionRequest, DeletionForm>] DeletionForm form, CancellationToken cancellation)
    {
        await deletion.DeleteAsync(form.Password, HttpContext.LiveSession(), HttpContext.Device(), cancellation);
        cookies.Clear(HttpContext);
        return NoContent();
    }

    /// <summary>Erase a deleted account before its time</summary>
    /// <remarks>By the link of the mail that tells of the deletion. Nobody can sign in to have it back; it is erased as soon as no change of the last 7 days can be undone.</remarks>
    [HttpPost("erase"), AllowAnonymous, EnableRateLimiting(Throttle.Others)]
    [Says<DetailResponse>("Your account is being erased."), Fails(ErrorCode.InvalidToken)]
    public async Task<ActionResult<DetailResponse>> Erase([Form<ErasureRequest, string>] string token, CancellationToken cancellation)
    {
        await erasure.AskAsync(token, HttpContext.Device(), cancellation);
        return new DetailResponse(HttpContext.Say("Your account is being erased."));
    }
}
