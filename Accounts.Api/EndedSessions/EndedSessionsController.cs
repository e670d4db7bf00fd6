using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Tokens;
using Accounts.Core.EndedSessions;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.EndedSessions;

/// <summary>Tells listed clients whose access tokens are to be refused before they are over. No page reads it, of whichever origin.</summary>
[Route("api/auth/ended-sessions"), OperationsEndpoint, AllowAnonymous]
public sealed class EndedSessionsController(EndedSessionFeed feed, FollowerLimit followers) : ControllerBase
{
    /// <summary>Follow what ends</summary>
    /// <remarks>
    /// For the clients of `Accounts__Tokens__IntrospectionClients`, by Basic; without any it is `not_found`. An entry is a session (`sid`), or a user with a version: tokens of
    /// `user_id` whose `ver` is below it are to be refused, for all their sessions have ended, or their roles have changed. Each until `until`, when the last of them is over.
    /// Begin with `after=kept`, then go on with the `cursor` of each answer; what ends is in it within a second. With `gone` begin anew.
    /// </remarks>
    /// <param name="asked">from where on</param>
    /// <param name="cancellation">ends the wait</param>
    // It takes as long as it is asked to wait: no time of an answer to be counted.
    [HttpGet, DisableRateLimiting, DisableHttpMetrics, TakesCredentials(TakesCredentialsAttribute.Basic), TypeFilter<IntrospectionClientRule>]
    [Succeeds<EndedSessionsResponse>, Fails(ErrorCode.InvalidClient), Fails(ErrorCode.NotFound), Fails(ErrorCode.Gone), Fails(ErrorCode.Throttled), Fails(ErrorCode.BadRequest, HasFields = true)]
    public async Task<ActionResult<EndedSessionsResponse>> Follow([FromQuery] EndedSessionsRequest asked, CancellationToken cancellation)
    {
        var (after, wait) = asked.Read();
        Response.Headers.CacheControl = "no-store";
        using var follower = followers.Enter(BasicCredentials.Read(Request)!.Id);
        return EndedSessionsResponse.Of(await feed.ReadAsync(after, wait, cancellation));
    }
}
