using Accounts.Api.Http;
using Accounts.Api.Pages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.EmailCodes;

/// <summary>The page of the mailed link.</summary>
[PageEndpoint, AllowAnonymous, DisableRateLimiting, TypeFilter<PagesSwitch>, TypeFilter<EmailCodesSwitch>, ApiExplorerSettings(IgnoreApi = true)]
public sealed class EmailCodePageController : ControllerBase
{
    /// <summary>Signs in where the mail was asked for, once it is asked to, and leads to the front end; elsewhere it shows the code. Opening it changes nothing.</summary>
    [HttpGet("sign-in/code")]
    public IActionResult Show() => Page.ShowUnreferred(HttpContext, "sign-in-code");
}
