using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Admin;
using Accounts.Core.Webhooks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Admin;

/// <summary>The state of the whole, for administrators.</summary>
[Route("api/admin/summary"), ApiEndpoint, AdministratorsOnly, EnableRateLimiting(Throttle.Others)]
public sealed class AdminSummaryController(ServerSummary summary, WebhookKeeper webhooks) : ControllerBase
{
    /// <summary>How many users are there, and what happens?</summary>
    /// <remarks>Users are counted once a minute; days within a second or two. Days are kept for 400 days, of which the last 30 are here.</remarks>
    [HttpGet, RecordsRead("summary"), Succeeds<SummaryResponse>]
    public async Task<SummaryResponse> Summary(CancellationToken cancellation) => SummaryResponse.Of(
        await summary.UsersAsync(cancellation), await summary.DaysAsync(cancellation), await summary.OutboxAsync(cancellation), await webhooks.TotalsAsync(cancellation));
}
