using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Accounts.Api.Sessions;
using Accounts.Core.Failures;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Social;

/// <summary>The way out of signing in through somebody else, driven by us: for front ends on our own site. No token and no code of ours ever stands in an address.</summary>
[Route("api/auth/social/{provider}"), ApiEndpoint, AllowAnonymous]
public sealed class SocialRedirectController(SocialProviders providers, SocialBegin beginning, SocialCookie cookie, ReturnUrls addresses) : ControllerBase
{
    /// <summary>Go to a provider</summary>
    /// <remarks>A navigation, not a call: sends the browser to the provider, and from there by way of our callback to `next`, which is an address of PublicUrl, FrontendUrl or a listed origin. With `transport=session` it ends in session mode. While the provider is away, the browser goes there at once, with `error=unavailable`; a script gets the failure. With `restore=true` an account is had back that its owner has deleted: from a page of PublicUrl alone, so that no other site has it back by a link.</remarks>
    [HttpGet("login"), EnableRateLimiting(Throttle.Others)]
    [Succeeds(StatusCodes.Status302Found)]
    [Fails(ErrorCode.UnsupportedProvider, ErrorCode.RedirectFlowUnavailable, HasFields = true)]
    [SetsCookie(CookieNames.Social, "knows the browser again when it comes back"), SetsCookie(CookieNames.SocialPost, "the same, for a provider that posts its answer")]
    public async Task<IActionResult> Login(string provider, [FromQuery] string?[]? next, [FromQuery] string? transport, [FromQuery] string? restore, CancellationToken cancellation)
    {
        cookie.DemandSameSite();
        var handler = providers.Find(HttpContext, provider);
        var address = addresses.Next(next ?? []);
        var signedInBy = TokenTransport.InCookies(transport) ?? throw ReturnUrls.Refused("transport", $"\"{transport}\" is not a valid choice.");
        if (HttpMethods.IsHead(Request.Method))
        {
            return NoContent();
        }
        Response.Headers.CacheControl = "no-store";
        try
        {
            await handler.PrepareAsync(cancellation);
        }
        catch (UnavailableException e) when (Request.IsNavigation())
        {
            return Redirect(ReturnUrls.WithError(address, ErrorBodies.Word(e.Code)));
        }
        var mode = restore == "true" && Request.Headers["Sec-Fetch-Site"] == "same-origin" ? SocialMode.Restore : SocialMode.Redirect;
        var start = new NewSocialState(provider, mode, addresses.Callback(provider), address, null, cookie.Renew(HttpContext, handler.Provider.FormPost)) { Transport = signedInBy };
        var begun = await beginning.BeginAsync(start, cancellation);
        return Redirect(handler.AuthorizationUrl(begun));
    }
}
