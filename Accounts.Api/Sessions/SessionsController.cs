using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Sessions;

/// <summary>The sessions of the user who is signed in.</summary>
[Route("api/auth/sessions"), ApiEndpoint, Authorize, EnableRateLimiting(Throttle.Others)]
public sealed class SessionsController(SessionList list, LogoutElsewhere logout, SignedInCookies cookies) : ControllerBase
{
    /// <summary>List my sessions</summary>
    /// <remarks>Those that live, newest first.</remarks>
    [HttpGet, SucceedsWithList<ListedSessionResponse>]
    public async Task<ListedSessionResponse[]> List(CancellationToken cancellation)
    {
        var live = HttpContext.LiveSession();
        return [.. (await list.ReadAsync(live.User.Id, cancellation)).Select(session => ListedSessionResponse.Of(session, live.SessionId))];
    }

    /// <summary>End one of my sessions</summary>
    /// <remarks>At once, on every node. The one that asks may end itself; its cookie is cleared then.</remarks>
    /// <param name="id">the session's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpDelete("{id}")]
    [Succeeds(StatusCodes.Status204NoContent), Fails(ErrorCode.NotFound)]
    public async Task<IActionResult> End(string id, CancellationToken cancellation)
    {
        var live = HttpContext.LiveSession();
        if (!Guid.TryParseExact(id, "D", out var sessionId))
        {
            throw new NotFoundException();
        }
        await logout.EndAsync(live, sessionId, HttpContext.Device(), cancellation);
        if (sessionId == live.SessionId)
        {
            cookies.Clear(HttpContext);
        }
        return NoContent();
    }
}
