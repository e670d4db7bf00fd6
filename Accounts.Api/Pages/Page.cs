using Accounts.Core.Branding;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Accounts.Api.Pages;

/// <summary>One of our own pages, with the policy that pages need.</summary>
public static class Page
{
    private const string Html = "text/html; charset=utf-8";

    private const string OurPictures = "img-src 'self' data:";

    private const string Policy =
        $"default-src 'none'; script-src 'self'; style-src 'self'; {OurPictures}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <param name="name">its file's, without the ending</param>
    public static IActionResult Show(HttpContext context, string name, int status = StatusCodes.Status200OK)
    {
        Prepare(context);
        return Filled(context, name, status: status);
    }

    /// <summary>One that is part of the program, not a file.</summary>
    public static IActionResult Show(HttpContext context, Stream content)
    {
        Prepare(context);
        return new FileStreamResult(content, Html);
    }

    /// <summary>One that has or leads to a secret: of its address it tells nobody.</summary>
    /// <param name="home">where it leads on; see <see cref="PageFiles.Home"/></param>
    public static IActionResult ShowUnreferred(HttpContext context, string name, string? home = null, int status = StatusCodes.Status200OK)
    {
        Prepare(context);
        // No form of such a page is posted but by its script, whose requests carry their origin all the same.
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Filled(context, name, home, status);
    }

    private static ContentResult Filled(HttpContext context, string name, string? home = null, int status = StatusCodes.Status200OK)
    {
        var files = context.RequestServices.GetRequiredService<PageFiles>();
        var language = files.Preferred(context.Request);
        context.Response.Headers.ContentLanguage = language.Tag;
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        return new ContentResult { Content = files.Read(name, language, home), ContentType = Html, StatusCode = status };
    }

    private static void Prepare(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.RequestServices.GetRequiredService<Brand>().LogoOrigin is { } origin ? Policy.Replace(OurPictures, $"{OurPictures} {origin}", StringComparison.Ordinal) : Policy;
        // With no-referrer a page would post its forms with "Origin: null".
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
