using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Admin;
using Accounts.Core.Failures;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Admin;

/// <summary>What happened to all accounts, for administrators.</summary>
[ApiEndpoint, AdministratorsOnly, EnableRateLimiting(Throttle.Others)]
public sealed class AdminEventsController(EventSearch search, IOptions<SiteOptions> site) : ControllerBase
{
    /// <summary>List events</summary>
    /// <remarks>
    /// The newest first; with `after` the oldest first, behind that number: who reads on from the last one they have seen misses none. An event has its number, and is
    /// here, within a second or so. They are kept for 180 days. Who looks leaves one, too.
    /// </remarks>
    /// <param name="asked">for which</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpGet("api/admin/events"), RecordsRead("events"), Succeeds<AdminEventLogResponse>, Fails(ErrorCode.BadRequest, HasFields = true)]
    public async Task<ActionResult<AdminEventLogResponse>> List([FromQuery] EventListRequest asked, CancellationToken cancellation)
    {
        var (query, size) = (asked.Query(), asked.Size());
        var found = await search.ReadAsync(query, newestFirst: query.After is null, size, cancellation);
        var next = EventListRequest.Next(Request, $"{site.Value.Origin}/api/admin/events/", found.Length == size ? found[^1] : null);
        return new AdminEventLogResponse(next, [.. found.Select(AdminEventResponse.Of)]);
    }

    /// <summary>Get all events, a line each</summary>
    /// <remarks>Streamed, the oldest first, as `application/x-ndjson`: a row of the list in each line. It ends with the newest; go on with `after`, the number of the last line.</remarks>
    /// <param name="asked">for which</param>
    [HttpGet("api/admin/events.ndjson"), RecordsRead("events"), StreamsLines, Succeeds<AdminEventResponse>, Fails(ErrorCode.BadRequest, HasFields = true)]
    public IActionResult Stream([FromQuery] EventFilterRequest asked)
    {
        var query = asked.Query();
        return new JsonLines<AdminEventResponse>(cancellation => search.ReadAllAsync(query, cancellation).Select(part => part.Select(AdminEventResponse.Of)));
    }
}
