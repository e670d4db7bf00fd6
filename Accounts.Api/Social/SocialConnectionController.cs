using Accounts.Api.Http;
using Accounts.Api.Sessions;
using Accounts.Core;
using Accounts.Core.Sessions;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Social;

/// <summary>The identities of the user who is signed in.</summary>
[Route("api/auth/social/{provider}"), Authorize, EnableRateLimiting(Throttle.Others)]
public sealed class SocialConnectionController(
    SocialProviders providers, SocialArrival arrival, SocialConnection connection, RecentSignIn recent, TokenTransport transport) : ControllerBase
{
    [HttpPost("connect")]
    public async Task<ActionResult<DetailResponse>> Connect(string provider, [FromBody] SocialConnectRequest body, CancellationToken cancellation)
    {
        var live = HttpContext.LiveSession();
        recent.Demand(live);
        var handler = providers.Find(HttpContext, provider);
        var (code, state) = body.Read();
        var trip = await arrival.SpendAsync(
            HttpContext, handler, state, SocialMode.Connect, live.User.Id, transport.IsBodyAskedFor(Request), cancellation);
        var profile = await arrival.FetchAsync(handler, code, trip);
        await connection.ConnectAsync(live.User.Id, profile, HttpContext.Device(), cancellation);
        return new DetailResponse($"{handler.Provider.Title} is connected.");
    }

    [HttpDelete]
    public async Task<IActionResult> Disconnect(string provider, CancellationToken cancellation)
    {
        var live = HttpContext.LiveSession();
        recent.Demand(live);
        if (!provider.All(char.IsAsciiLetterOrDigit))
        {
            throw new NotFoundException();
        }
        await connection.DisconnectAsync(live.User.Id, provider, providers.OfferedNames(Request), HttpContext.Device(), cancellation);
        return NoContent();
    }
}
