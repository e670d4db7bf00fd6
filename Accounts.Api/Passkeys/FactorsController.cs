using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Passkeys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Passkeys;

/// <summary>What the user who is signed in has beside a password and providers.</summary>
[Route("api/auth/factors"), ApiEndpoint, Authorize, EnableRateLimiting(Throttle.Others)]
public sealed class FactorsController(PasskeyList list, PasskeyRemoval removal, DeviceCookie device) : ControllerBase
{
    /// <summary>List my passkeys</summary>
    /// <remarks>Oldest first.</remarks>
    [HttpGet, Succeeds<FactorsResponse>]
    public async Task<ActionResult<FactorsResponse>> List(CancellationToken cancellation) =>
        new FactorsResponse([.. (await list.ReadAsync(HttpContext.LiveSession().User.Id, cancellation)).Select(PasskeyResponse.Of)]);

    /// <summary>Give a passkey another name</summary>
    /// <remarks>Up to 100 characters, for its user to know it by. The authenticator keeps its own.</remarks>
    /// <param name="id">the passkey's</param>
    /// <param name="form">the name</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpPatch("{id}")]
    [Succeeds<PasskeyResponse>, Fails(ErrorCode.NotFound)]
    public async Task<ActionResult<PasskeyResponse>> Rename(string id, [Form<FactorNameRequest, FactorNameForm>] FactorNameForm form, CancellationToken cancellation) =>
        PasskeyResponse.Of(await list.RenameAsync(HttpContext.LiveSession().User.Id, IdOf(id), form.Name, cancellation));

    /// <summary>Remove a passkey</summary>
    /// <remarks>Asks for a sign-in of at most 10 minutes ago. Every other session ends, and a mail is sent. The only way to sign in stays.</remarks>
    /// <param name="id">the passkey's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpDelete("{id}"), DemandsStepUp]
    [Succeeds(StatusCodes.Status204NoContent), Fails(ErrorCode.NotFound), Fails(ErrorCode.ReauthenticationRequired), Fails(ErrorCode.LastSignInMethod)]
    [TakesCookie(CookieNames.Device, "a device that is known already"), SetsCookie(CookieNames.Device, "knows this device again")]
    public async Task<IActionResult> Remove(string id, CancellationToken cancellation)
    {
        if (await removal.RemoveAsync(HttpContext.LiveSession(), IdOf(id), HttpContext.Device(), cancellation) is { } bond)
        {
            device.Set(HttpContext, bond);
        }
        return NoContent();
    }

    private static Guid IdOf(string id) => Guid.TryParseExact(id, "D", out var read) ? read : throw new NotFoundException();
}
