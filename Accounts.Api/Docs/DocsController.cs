using Accounts.Api.Http;
using Accounts.Api.Pages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Docs;

/// <summary>The API, described for programs and for people.</summary>
[PageEndpoint, AllowAnonymous, DisableRateLimiting, TypeFilter<DocsSwitch>, ApiExplorerSettings(IgnoreApi = true)]
public sealed class DocsController(ApiDocument document) : ControllerBase
{
    [HttpGet("docs")]
    public IActionResult Show() => Page.Show(HttpContext, Asset("docs.html"));

    [HttpGet("docs/docs.css")]
    public IActionResult Style() => File(Asset("docs.css"), "text/css; charset=utf-8");

    [HttpGet("docs/{script:regex(^(docs|operation|schema|session)\\.js$)}")]
    public IActionResult Script(string script) => File(Asset(script), "text/javascript; charset=utf-8");

    [HttpGet("openapi/v1.json")]
    public async Task<IActionResult> OpenApi()
    {
        Response.Headers.CacheControl = "no-cache";
        return File(await document.JsonAsync(), "application/json");
    }

    private static Stream Asset(string file) => typeof(DocsController).Assembly.GetManifestResourceStream($"Accounts.Api.Docs.{file}")!;
}
