using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Sessions;
using Accounts.Api.Social;
using Accounts.Core.Admin;
using Accounts.Core.Failures;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Admin;

/// <summary>What belongs to a user, for administrators.</summary>
[Route("api/admin/users/{id}"), ApiEndpoint, AdministratorsOnly, EnableRateLimiting(Throttle.Others)]
public sealed class AdminUserDetailsController(UserAccess access, EventList list, IOptions<SiteOptions> site) : ControllerBase
{
    private const int UsualSize = 25;

    /// <summary>List a user's sessions</summary>
    /// <remarks>Those that live, newest first.</remarks>
    /// <param name="id">the user's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpGet("sessions"), RecordsRead("sessions"), SucceedsWithList<ListedSessionResponse>, Fails(ErrorCode.NotFound)]
    public async Task<ListedSessionResponse[]> Sessions(string id, CancellationToken cancellation)
    {
        var asking = HttpContext.LiveSession().SessionId;
        return [.. (await access.SessionsAsync(AdminAnswer.Id(id), cancellation)).Select(session => ListedSessionResponse.Of(session, asking))];
    }

    /// <summary>List the accounts at providers that are connected to a user</summary>
    /// <remarks>Oldest first.</remarks>
    /// <param name="id">the user's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpGet("identities"), RecordsRead("identities"), SucceedsWithList<SocialAccountResponse>, Fails(ErrorCode.NotFound)]
    public async Task<SocialAccountResponse[]> Identities(string id, CancellationToken cancellation) =>
        [.. (await access.IdentitiesAsync(AdminAnswer.Id(id), cancellation)).Select(SocialAccountResponse.Of)];

    /// <summary>List what happened to a user's account</summary>
    /// <remarks>Newest first, for 180 days; with who did it, where it was an administrator. What is left of who is erased is found by the id that they had.</remarks>
    /// <param name="id">the user's</param>
    /// <param name="page">from 1 on; 404 behind the last</param>
    /// <param name="pageSize">how many are on one: 25, at most 100</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpGet("events"), RecordsRead("events"), Succeeds<AdminEventsResponse>, Fails(ErrorCode.NotFound)]
    public async Task<ActionResult<AdminEventsResponse>> Events(
        string id, [FromQuery] string? page, [FromQuery(Name = "page_size")] string? pageSize, CancellationToken cancellation)
    {
        var (userId, number) = (AdminAnswer.Id(id), PageNumber.Of(page, pageSize, UsualSize));
        var found = await list.ReadAsync(userId, number.Number, number.Size, cancellation);
        var (next, previous) = number.Around(Request, $"{site.Value.Origin}/api/admin/users/{userId}/events/", found.Count);
        return new AdminEventsResponse(found.Count, next, previous, [.. found.Events.Select(AdminEventResponse.Of)]);
    }
}
