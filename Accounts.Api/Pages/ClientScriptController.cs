using Accounts.Api.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Pages;

/// <summary>The client for front ends (<c>client/accounts.js</c>), for pages that load it from here.</summary>
[PublishedDocument, AllowAnonymous, DisableRateLimiting, ApiExplorerSettings(IgnoreApi = true)]
public sealed class ClientScriptController : ControllerBase
{
    private static readonly CompressedText Text =
        CompressedText.Read(typeof(ClientScriptController).Assembly.GetManifestResourceStream("Accounts.Api.Client.accounts.js")!);

    [HttpGet("accounts.js")]
    public IActionResult Show()
    {
        Response.Headers.CacheControl = "public, max-age=3600";
        var (bytes, tag) = Text.For(Request);
        return File(bytes, "text/javascript; charset=utf-8", null, tag);
    }
}
