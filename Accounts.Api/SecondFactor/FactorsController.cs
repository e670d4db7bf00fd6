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

/// <summary>The second factors of the user who is signed in, of whatever kind.</summary>
[Route("api/auth/factors"), ApiEndpoint, Authorize, EnableRateLimiting(Throttle.Others)]
public sealed class FactorsController(FactorList list, FactorRenaming renaming, FactorRemoval removal, DeviceCookie device) : ControllerBase
{
    /// <summary>List my second factors</summary>
    /// <remarks>Those that are confirmed, oldest first, and how many recovery codes have not been used.</remarks>
    [HttpGet, Succeeds<FactorsResponse>]
    public async Task<ActionResult<FactorsResponse>> List(CancellationToken cancellation) =>
        FactorsResponse.Of(await list.ReadAsync(HttpContext.LiveSession().User, cancellation));

    /// <summary>Give a second factor another name</summary>
    /// <remarks>Up to 100 characters, for its user to know it by; an authenticator keeps its own. Nothing else changes, and nobody is told.</remarks>
    /// <param name="id">the factor's</param>
    /// <param name="form">the name</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpPatch("{id}")]
    [Succeeds<FactorResponse>, Fails(ErrorCode.NotFound)]
    public async Task<ActionResult<FactorResponse>> Rename(string id, [Form<FactorNameRequest, FactorNameForm>] FactorNameForm form, CancellationToken cancellation) =>
        FactorResponse.Of(await renaming.RenameAsync(HttpContext.LiveSession().User.Id, IdOf(id), form.Name, cancellation));

    /// <summary>Remove a second factor</summary>
    /// <remarks>
    /// Asks for a sign-in of at most 10 minutes ago. Every other session ends, and a mail is sent. With the last factor the recovery codes go,
    /// too. A passkey that is the only way to sign in stays, and so does the last factor of who must have one.
    /// </remarks>
    /// <param name="id">the factor's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpDelete("{id}"), DemandsStepUp]
    [Succeeds(StatusCodes.Status204NoContent), Fails(ErrorCode.NotFound), Fails(ErrorCode.ReauthenticationRequired), Fails(ErrorCode.LastSignInMethod, ErrorCode.SecondFactorRequiredByPolicy)]
    [ChangesFactors]
    public async Task<IActionResult> Remove(string id, CancellationToken cancellation)
    {
        var changed = await removal.RemoveAsync(IdOf(id), HttpContext.LiveSession(), HttpContext.Device(), cancellation);
        device.SetAgain(HttpContext, changed);
        return NoContent();
    }

    private static Guid IdOf(string id) => Guid.TryParseExact(id, "D", out var read) ? read : throw new NotFoundException();
}
