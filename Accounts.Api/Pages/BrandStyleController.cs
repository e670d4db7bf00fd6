using Accounts.Api.Http;
using Accounts.Core.Branding;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Pages;

/// <summary>The colours of a brand, over those of <c>accounts.css</c>, and its logo, where that is a file of ours.</summary>
[PageEndpoint, AllowAnonymous, DisableRateLimiting, ApiExplorerSettings(IgnoreApi = true)]
public sealed class BrandStyleController(Brand brand, BrandLogo logo) : ControllerBase
{
    [HttpGet("brand.css")]
    public IActionResult Show()
    {
        Response.Headers.CacheControl = "no-cache";
        return Content($"{Root(brand.OnLight)}\n\n@media (prefers-color-scheme: dark) {{\n{Root(brand.OnDark)}\n}}\n", "text/css; charset=utf-8");
    }

    [HttpGet("brand/logo")]
    public IActionResult Logo()
    {
        if (brand.LogoOrigin is not null || logo.Picture is not { } picture)
        {
            return NotFound();
        }
        Response.Headers.CacheControl = "public, max-age=3600";
        return File(picture.Bytes, picture.MediaType);
    }

    private static string Root(Shades shades) =>
        $":root {{ --accent: {shades.Accent}; --accent-strong: {shades.Strong}; --on-accent: {shades.OnAccent}; --tint: {shades.Tint}; }}";
}
