using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Docs;

/// <summary>The API, described for programs.</summary>
[AllowAnonymous, DisableRateLimiting, TypeFilter<DocsSwitch>, ApiExplorerSettings(IgnoreApi = true)]
public sealed class DocsController(ApiDocument document) : ControllerBase
{
    [HttpGet("openapi/v1.json")]
    public async Task<IActionResult> OpenApi()
    {
        Response.Headers.CacheControl = "no-cache";
        return File(await document.JsonAsync(), "application/json");
    }
}
