using Accounts.Api.Http;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Pages;

/// <summary>The pages that links in mails lead to, where no front end has its own.</summary>
[PageEndpoint, AllowAnonymous, DisableRateLimiting, ApiExplorerSettings(IgnoreApi = true)]
public sealed class PagesController(IOptions<SiteOptions> site) : ControllerBase
{
    [HttpGet("verify-email")]
    public IActionResult VerifyEmail() => Page.Show(HttpContext, "verify-email.html");

    /// <summary>With a token it chooses a new password, without one it asks for the mail.</summary>
    [HttpGet("reset-password"), HttpGet("forgot-password")]
    public IActionResult ResetPassword() => ShowUnreferred("reset-password.html");

    /// <summary>Confirms a new address; opening it changes nothing.</summary>
    [HttpGet("change-email")]
    public IActionResult ChangeEmail() => ShowUnreferred("change-email.html");

    /// <summary>Erases a deleted account before its time.</summary>
    [HttpGet("erase-account")]
    public IActionResult EraseAccount() => Page.Show(HttpContext, "erase-account.html");

    /// <summary>"This wasn't me": shows the change that a mail tells of, and freezes the account once it is asked to.</summary>
    [HttpGet("security")]
    public IActionResult Security() => Page.Show(HttpContext, "security.html");

    /// <summary>Has a frozen account back.</summary>
    [HttpGet("recover-account")]
    public IActionResult RecoverAccount()
    {
        var page = Page.Show(HttpContext, "recover-account.html");
        Response.Headers["Referrer-Policy"] = "no-referrer";
        return page;
    }

    /// <summary>Shows the code of a mailed link, for a sign-in that waits elsewhere.</summary>
    [HttpGet("social-code")]
    public IActionResult SocialCode() => Page.Show(HttpContext, "social-code.html");

    /// <summary>Ends the session that a mail about a new device tells of, once it is asked to.</summary>
    [HttpGet("end-session")]
    public IActionResult EndSession() => Page.Show(HttpContext, "end-session.html");

    /// <summary>Makes an account by an invitation, once name and password are chosen, and leads to the front end. Opening it changes nothing.</summary>
    [HttpGet("sign-up")]
    public IActionResult SignUp() => Page.ShowWithLink(HttpContext, "sign-up.html", $"{(site.Value.FrontendUrl.Length > 0 ? site.Value.Frontend : "")}/", StatusCodes.Status200OK);

    private IActionResult ShowUnreferred(string file)
    {
        var page = Page.Show(HttpContext, file);
        // No form of such a page is posted but by its script, whose requests carry their origin all the same.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        return page;
    }
}
