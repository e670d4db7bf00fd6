using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.TrustedDevices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.TrustedDevices;

/// <summary>The devices that the user who is signed in trusts.</summary>
[Route("api/auth/devices"), ApiEndpoint, Authorize, EnableRateLimiting(Throttle.Others)]
public sealed class DevicesController(TrustedDeviceList list, TrustedDeviceRemoval removal) : ControllerBase
{
    /// <summary>List my trusted devices</summary>
    /// <remarks>Those on which the second factor is not asked for at a sign-in, newest first.</remarks>
    [HttpGet, SucceedsWithList<TrustedDeviceResponse>, TakesCookie(CookieNames.TrustedDevice, "which of them asks")]
    public async Task<TrustedDeviceResponse[]> List(CancellationToken cancellation) =>
        [.. (await list.ReadAsync(HttpContext.LiveSession().User.Id, HttpContext.Device(), cancellation)).Select(TrustedDeviceResponse.Of)];

    /// <summary>Trust a device no more</summary>
    /// <remarks>At the next sign-in there the second factor is asked for. Sessions stay.</remarks>
    /// <param name="id">the device's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpDelete("{id}")]
    [Succeeds(StatusCodes.Status204NoContent), Fails(ErrorCode.NotFound)]
    public async Task<IActionResult> Remove(string id, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(id, "D", out var deviceId))
        {
            throw new NotFoundException();
        }
        await removal.RemoveAsync(HttpContext.LiveSession().User.Id, deviceId, HttpContext.Device(), cancellation);
        return NoContent();
    }
}
