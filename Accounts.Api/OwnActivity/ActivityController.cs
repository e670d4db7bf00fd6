using System.Globalization;
using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.OwnActivity;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.OwnActivity;

[Route("api/auth/me/events"), ApiEndpoint, Authorize, EnableRateLimiting(Throttle.Others)]
public sealed class ActivityController(ActivityList list, IOptions<SiteOptions> site) : ControllerBase
{
    private const int UsualSize = 20, LargestSize = 100;

    /// <summary>What happened to my account?</summary>
    /// <remarks>
    /// Its security events, newest first: sign-ins, failed ones, changes, sessions that were ended or whose answers were lost. They are kept for 180 days.
    /// </remarks>
    /// <param name="page">from 1 on; 404 behind the last</param>
    /// <param name="pageSize">how many are on one: 20, at most 100</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpGet, Succeeds<ActivityResponse>, Fails(ErrorCode.NotFound)]
    public async Task<ActionResult<ActivityResponse>> Events(
        [FromQuery] string? page, [FromQuery(Name = "page_size")] string? pageSize, CancellationToken cancellation)
    {
        var number = page is null ? 1 : Positive(page) ?? throw new NotFoundException();
        // As Django REST framework has it: a size that is none is the usual one.
        var size = Math.Min(Positive(pageSize) ?? UsualSize, LargestSize);
        Func<Sentence, string> say = HttpContext.Language().Say;
        var found = await list.ReadAsync(HttpContext.LiveSession().User.Id, number, size, cancellation);
        return new ActivityResponse(
            found.Count, (long)number * size < found.Count ? Address(number + 1, pageSize is null ? null : size) : null,
            number > 1 ? Address(number - 1, pageSize is null ? null : size) : null, [.. found.Events.Select(entry => ActivityEvent.Of(entry, say))]);
    }

    private static int? Positive(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>From the configuration alone, never from a request.</summary>
    private string Address(int page, int? size)
    {
        string[] query = [.. page > 1 ? [$"page={page}"] : Array.Empty<string>(), .. size is null ? Array.Empty<string>() : [$"page_size={size}"]];
        return $"{site.Value.Origin}/api/auth/me/events/{(query.Length > 0 ? "?" : "")}{string.Join('&', query)}";
    }
}
