using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Checkup;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Admin;

/// <summary>The doctor, for administrators.</summary>
[Route("api/admin/check"), ApiEndpoint, AdministratorsOnly, EnableRateLimiting(Throttle.Others)]
public sealed class AdminCheckController(ServerCheckup checkup) : ControllerBase
{
    /// <summary>Is the server well?</summary>
    /// <remarks>Tries what the server stands on (database, mail, proxy, providers), as the command `check` does, and says what is wrong and what to write where. Takes seconds where something does not answer.</remarks>
    [HttpGet, RecordsRead("check"), Succeeds<CheckResponse>]
    public async Task<CheckResponse> Check(CancellationToken cancellation) => CheckResponse.Of(await checkup.RunAsync(cancellation));
}
