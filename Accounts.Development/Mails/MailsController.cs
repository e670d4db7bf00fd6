using Accounts.Api.Http;
using Accounts.Core.Texts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Development.Mails;

/// <summary>Every mail in every language, as a phone and a desktop show it, in light and dark, and as text.</summary>
[Route("dev"), OperationsEndpoint, AllowAnonymous, DisableRateLimiting, ApiExplorerSettings(IgnoreApi = true)]
public sealed class MailsController(SampleMails samples, Languages languages, DevelopmentTools tools) : ControllerBase
{
    // The mails are shown in sandboxed frames, which inherit this policy and bring their own inline styles.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    [HttpGet("mails")]
    public IActionResult Show() => Asset("mails.html", "text/html; charset=utf-8");

    [HttpGet("mails.css")]
    public IActionResult Style() => Asset("mails.css", "text/css; charset=utf-8");

    [HttpGet("mails.js")]
    public IActionResult Script() => Asset("mails.js", "text/javascript; charset=utf-8");

    [HttpGet("mails.json")]
    public async Task<IActionResult> List([FromQuery] string? language, CancellationToken cancellation)
    {
        if (!tools.ExistFor(Request))
        {
            return NotFound();
        }
        Response.Headers.CacheControl = "no-store";
        return new JsonResult(new MailsResponse(
            [.. languages.All.Select(known => new LanguageResponse(known.Tag, known["language"]))], languages.Of(language).Tag,
            [.. (await samples.ReadAsync(language, cancellation)).Select(sample => new SampleResponse(sample.Kind, sample.Mail.Subject, sample.Mail.Text, sample.Mail.WholeHtml))]));
    }

    private IActionResult Asset(string file, string type)
    {
        if (!tools.ExistFor(Request))
        {
            return NotFound();
        }
        Response.Headers.ContentSecurityPolicy = Policy;
        return File(typeof(MailsController).Assembly.GetManifestResourceStream($"Accounts.Development.{file}")!, type);
    }

    private sealed record MailsResponse(LanguageResponse[] Languages, string Language, SampleResponse[] Mails);

    private sealed record LanguageResponse(string Tag, string Name);

    private sealed record SampleResponse(string Kind, string Subject, string Text, string Html);
}
