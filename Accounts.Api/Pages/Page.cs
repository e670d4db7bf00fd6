using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc;

namespace Accounts.Api.Pages;

/// <summary>One of our own pages: a file of wwwroot, with the policy that pages need.</summary>
public static class Page
{
    private const string Html = "text/html; charset=utf-8";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IActionResult Show(HttpContext context, string file)
    {
        Prepare(context);
        return new ContentResult { Content = Files(context).Read(file), ContentType = Html };
    }

    /// <summary>One that is part of the program, not a file.</summary>
    public static IActionResult Show(HttpContext context, Stream content)
    {
        Prepare(context);
        return new FileStreamResult(content, Html);
    }

    /// <summary>One whose link to <c>/</c> leads elsewhere. Of the address that was asked for it tells nobody.</summary>
    public static IActionResult ShowWithLink(HttpContext context, string file, string address, int status)
    {
        Prepare(context);
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        var html = Files(context).Read(file).Replace("href=\"/\"", $"href=\"{HtmlEncoder.Default.Encode(address)}\"", StringComparison.Ordinal);
        return new ContentResult { Content = html, ContentType = Html, StatusCode = status };
    }

    private static PageFiles Files(HttpContext context) => context.RequestServices.GetRequiredService<PageFiles>();

    private static void Prepare(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        // With no-referrer a page would post its forms with "Origin: null".
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
