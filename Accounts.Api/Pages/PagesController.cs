using Accounts.Api.Http;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Pages;

/// <summary>What people open, where no front end has a page of its own for it.</summary>
[PageEndpoint, AllowAnonymous, DisableRateLimiting, TypeFilter<PagesSwitch>, ApiExplorerSettings(IgnoreApi = true)]
public sealed class PagesController : ControllerBase
{
    [HttpGet("verify-email")]
    public IActionResult VerifyEmail() => Page.Show(HttpContext, "verify-email");

    /// <summary>With a token it chooses a new password, without one it asks for the mail.</summary>
    [HttpGet("reset-password"), HttpGet("forgot-password")]
    public IActionResult ResetPassword() => Page.ShowUnreferred(HttpContext, "reset-password");

    /// <summary>Confirms a new address; opening it changes nothing.</summary>
    [HttpGet("confirm-email")]
    public IActionResult ChangeEmail() => Page.ShowUnreferred(HttpContext, "change-email");

    /// <summary>Erases a deleted account before its time.</summary>
    [HttpGet("erase")]
    public IActionResult EraseAccount() => Page.Show(HttpContext, "erase-account");

    /// <summary>"This wasn't me": shows the change that a mail tells of, and freezes the account once it is asked to.</summary>
    [HttpGet("security")]
    public IActionResult Security() => Page.Show(HttpContext, "security");

    /// <summary>Has a frozen account back.</summary>
    [HttpGet("recover-account")]
    public IActionResult RecoverAccount() => Page.ShowUnreferred(HttpContext, "recover-account");

    /// <summary>Shows the code of a mailed link, for a sign-in that waits elsewhere.</summary>
    [HttpGet("address")]
    public IActionResult SocialCode() => Page.Show(HttpContext, "social-code");

    /// <summary>Ends the session that a mail about a new device tells of, once it is asked to.</summary>
    [HttpGet("end-session")]
    public IActionResult EndSession() => Page.Show(HttpContext, "end-session");

    /// <summary>Makes an account, by an invitation or without one. Opening it changes nothing.</summary>
    [HttpGet("sign-up")]
    public IActionResult SignUp() => Page.ShowUnreferred(HttpContext, "sign-up");

    /// <summary>Signs in by any way there is, and leads to the front end or to the account.</summary>
    [HttpGet("sign-in")]
    public IActionResult SignIn() => Page.ShowUnreferred(HttpContext, "sign-in");

    /// <summary>Says that somebody is signed out, and why.</summary>
    [HttpGet("signed-out")]
    public IActionResult SignedOut() => Page.Show(HttpContext, "signed-out");

    /// <summary>All that users do with their own account.</summary>
    [HttpGet("account")]
    public IActionResult Account() => Page.ShowUnreferred(HttpContext, "account");

    /// <summary>
    /// What administrators do, whose script asks the administration API as any other client. It is for people alone: a script
    /// that takes the path for the API's is told that nothing is there.
    /// </summary>
    /// <exception cref="NotFoundException">it is not a person's browser that asks</exception>
    [HttpGet("admin")]
    public IActionResult Admin() => Request.IsNavigation() ? Page.ShowUnreferred(HttpContext, "admin") : throw new NotFoundException();

    /// <summary>Where password managers send people who change a password (W3C, a well-known URL for changing passwords).</summary>
    [HttpGet(".well-known/change-password")]
    public IActionResult ChangePassword() => Redirect("/account#password");
}
