using Accounts.Api.Http;
using Accounts.Core.Mail;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Development.Mailbox;

/// <summary>Every mail that the server sends, on a page and as JSON; not there where mail goes to a server.</summary>
[Route("dev"), OperationsEndpoint, AllowAnonymous, DisableRateLimiting, ApiExplorerSettings(IgnoreApi = true)]
public sealed class MailboxController(IMailSender sender, DevelopmentTools tools) : ControllerBase
{
    // A mail is shown in a sandboxed frame, which inherits this policy and brings its own inline styles.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private MailboxFolder? Mailbox => tools.ExistFor(Request) ? sender as MailboxFolder : null;

    [HttpGet("mailbox")]
    public IActionResult Show() => Asset("mailbox.html", "text/html; charset=utf-8");

    [HttpGet("mailbox.css")]
    public IActionResult Style() => Asset("mailbox.css", "text/css; charset=utf-8");

    [HttpGet("mailbox.js")]
    public IActionResult Script() => Asset("mailbox.js", "text/javascript; charset=utf-8");

    [HttpGet("mailbox.json")]
    public async Task<IActionResult> List(CancellationToken cancellation)
    {
        if (Mailbox is not { } mailbox)
        {
            return NotFound();
        }
        Response.Headers.CacheControl = "no-store";
        var mails = await mailbox.ReadAsync(cancellation);
        return new JsonResult(mails.ConvertAll(mail => new MailResponse(
            mail.Id, mail.To, mail.From, mail.Subject, mail.Text, mail.Html, mail.SentAt.UtcDateTime)));
    }

    private IActionResult Asset(string file, string type)
    {
        if (Mailbox is null)
        {
            return NotFound();
        }
        Response.Headers.ContentSecurityPolicy = Policy;
        return File(typeof(MailboxController).Assembly.GetManifestResourceStream($"Accounts.Development.{file}")!, type);
    }

    private sealed record MailResponse(Guid Id, string To, string From, string Subject, string Text, string Html, DateTime SentAt);
}
