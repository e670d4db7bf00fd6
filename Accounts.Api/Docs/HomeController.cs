using Accounts.Api.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Docs;

/// <summary>Where the server's bare address leads.</summary>
[PageEndpoint, AllowAnonymous, DisableRateLimiting, ApiExplorerSettings(IgnoreApi = true)]
public sealed class HomeController(IOptions<PagesOptions> pages, IOptions<DocsOptions> docs) : ControllerBase
{
    [HttpGet("/")]
    public IActionResult Show() => pages.Value.Enabled ? Redirect("/account") : docs.Value.Enabled ? Redirect("/docs") : NotFound();
}
