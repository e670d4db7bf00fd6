using Accounts.Api.Http;
using Accounts.Api.Pages;
using Accounts.Core.Failures;
using Accounts.Core.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Development.Demo;

/// <summary>A front end to try the server with before there is one, and the service that it calls.</summary>
[Route("dev"), OperationsEndpoint, AllowAnonymous, DisableRateLimiting, ApiExplorerSettings(IgnoreApi = true)]
public sealed class DemoController(AccessTokenVerifier verifier, DevelopmentTools tools) : ControllerBase
{
    private const string Css = "text/css; charset=utf-8", Js = "text/javascript; charset=utf-8";

    [HttpGet("app")]
    public IActionResult Show() => tools.ExistFor(Request) ? Page.Show(HttpContext, Asset("app.html")) : NotFound();

    [HttpGet("app.css")]
    public IActionResult Style() => tools.ExistFor(Request) ? File(Asset("app.css"), Css) : NotFound();

    /// <summary>What Development's pages have in common.</summary>
    [HttpGet("tools.css")]
    public IActionResult Shared() => tools.ExistFor(Request) ? File(Asset("tools.css"), Css) : NotFound();

    [HttpGet("app.js")]
    public IActionResult Script() => tools.ExistFor(Request) ? File(Asset("app.js"), Js) : NotFound();

    [HttpGet("app-show.js")]
    public IActionResult ShowScript() => tools.ExistFor(Request) ? File(Asset("app-show.js"), Js) : NotFound();

    /// <summary>A service that checks tokens by their signature, as one of somebody's own would: it takes one until it expires, whatever became of its session.</summary>
    [HttpGet("app/orders")]
    public IActionResult Orders()
    {
        if (!tools.ExistFor(Request))
        {
            return NotFound();
        }
        Response.Headers.CacheControl = "no-store";
        if (!BearerToken.IsPresent(Request))
        {
            throw new AuthenticationFailedException(ErrorCode.NotAuthenticated);
        }
        return verifier.Verify(BearerToken.Read(Request) ?? "", out var claims) is { } reason
            ? throw AuthenticationFailedException.AccessToken(reason)
            : Ok(new DemoOrders(claims.UserId, ["2 otters, purple", "7 words that do not belong together"], claims.ExpiresAt.UtcDateTime));
    }

    private static Stream Asset(string file) => typeof(DemoController).Assembly.GetManifestResourceStream($"Accounts.Development.{file}")!;

    private sealed record DemoOrders(Guid Customer, string[] Orders, DateTime TakenUntil);
}
