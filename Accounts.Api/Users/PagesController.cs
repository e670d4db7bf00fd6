using Accounts.Api.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Users;

/// <summary>The pages that links in mails lead to, where no front end has its own.</summary>
[AllowAnonymous, DisableRateLimiting, ApiExplorerSettings(IgnoreApi = true)]
public sealed class PagesController : ControllerBase
{
    [HttpGet("verify-email")]
    public IActionResult VerifyEmail() => Page.Show(HttpContext, "verify-email.html");
}
