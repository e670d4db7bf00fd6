using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Pages;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Social;

/// <summary>Signing in through somebody else, driven by us: for front ends on our own site. No token and no code of ours ever stands in an address.</summary>
[Route("api/auth/social/{provider}"), ApiEndpoint, AllowAnonymous]
public sealed class SocialRedirectController(
    SocialProviders providers, SocialBegin beginning, SocialCodes arrival, SocialSignIn signIn, SignInAnswer answer, SocialCookie cookie,
    ReturnUrls addresses) : ControllerBase
{
    /// <summary>Go to a provider</summary>
    /// <remarks>A navigation, not a call: sends the browser to the provider, and from there by way of our callback to `next`, which is an address of PublicUrl, FrontendUrl or a listed origin.</remarks>
    [HttpGet("login"), EnableRateLimiting(Throttle.Others)]
    [Succeeds(StatusCodes.Status302Found)]
    [Fails(ErrorCode.UnsupportedProvider, ErrorCode.RedirectFlowUnavailable, HasFields = true)]
    [SetsCookie(CookieNames.Social, "knows the browser again when it comes back")]
    public async Task<IActionResult> Login(string provider, [FromQuery] string?[]? next, CancellationToken cancellation)
    {
        DemandSameSite();
        var handler = providers.Find(HttpContext, provider);
        var address = addresses.Next(next ?? []);
        if (HttpMethods.IsHead(Request.Method))
        {
            return NoContent();
        }
        await handler.PrepareAsync(cancellation);
        var start = new NewSocialState(provider, SocialMode.Redirect, addresses.Callback(provider), address, null, cookie.Renew(HttpContext));
        var begun = await beginning.BeginAsync(start, cancellation);
        Response.Headers.CacheControl = "no-store";
        return Redirect(handler.AuthorizationUrl(begun));
    }

    /// <summary>Come back from a provider</summary>
    /// <remarks>
    /// Where providers send the browser. Signs in and sends it to `next`; what goes wrong stands there as `error`, one of `ErrorCode`. Only a
    /// `state` that is not this browser's is told here: people get a page, scripts JSON. Loaded again, it leads to `next` and does nothing.
    /// </remarks>
    [HttpGet("callback"), EnableRateLimiting(Throttle.SignIn)]
    [Succeeds(StatusCodes.Status303SeeOther)]
    [Fails(ErrorCode.UnsupportedProvider, ErrorCode.RedirectFlowUnavailable, ErrorCode.InvalidState, HasPage = true)]
    [TakesCookie(CookieNames.Social, "the browser that set out"), SignsIn(ByHeader = false)]
    public async Task<IActionResult> Callback(string provider, CancellationToken cancellation)
    {
        DemandSameSite();
        var handler = providers.Find(HttpContext, provider);
        if (HttpMethods.IsHead(Request.Method))
        {
            return NoContent();
        }
        var state = IsFrom(handler.Provider) ? Single("state") ?? "" : "";
        try
        {
            var trip = await arrival.SpendAsync(HttpContext, handler, state, SocialMode.Redirect, null, bodyMode: false, cancellation);
            return SeeOther(await FinishAsync(handler, trip, cancellation));
        }
        catch (RefusedException e) when (e.Code == ErrorCode.InvalidState && Request.IsNavigation())
        {
            return await ReturnAsync(handler, state, cancellation);
        }
    }

    /// <summary>The same address a second time (reload, Back) goes where the first time went; somebody else's browser learns nothing of that place.</summary>
    private async Task<IActionResult> ReturnAsync(SocialHandler handler, string state, CancellationToken cancellation) =>
        await arrival.FindReturnAsync(HttpContext, handler, state, cancellation) is { } known
            ? SeeOther(known.SignedIn ? known.Next : ReturnUrls.WithError(known.Next, ErrorBodies.Word(ErrorCode.InvalidState)))
            : Page.ShowWithLink(HttpContext, "sign-in-again.html", addresses.Next([]), StatusCodes.Status400BadRequest);

    private void DemandSameSite()
    {
        if (cookie.IsCrossSite)
        {
            throw new RefusedException(ErrorCode.RedirectFlowUnavailable);
        }
    }

    /// <summary>RFC 9207, where the provider names itself and we know its name; of one that has none it says nothing.</summary>
    private bool IsFrom(SocialProvider provider) =>
        Request.Query["iss"].Count == 0 || provider.Issuer.Length == 0 || Single("iss") == provider.Issuer;

    private string? Single(string name) => Request.Query[name] is [var value] ? value : null;

    /// <summary>Where the browser goes. Of what went wrong it carries our code, never the provider's words.</summary>
    private async Task<string> FinishAsync(SocialHandler handler, SpentSocialState trip, CancellationToken cancellation)
    {
        try
        {
            if (Single("code") is not { Length: > 0 } code)
            {
                throw handler.Refusal(Single("error"), Single("error_description"));
            }
            var profile = await arrival.FetchAsync(handler, code, trip);
            var kind = new SessionKind(Persistent: true, SessionTransport.Cookie);
            var request = new SignInRequest(HttpContext.Device(), kind, arrival.Brought(Request));
            answer.To(HttpContext, await signIn.SignInAsync(profile, providers.OfferedNames(Request), request, cancellation));
            return trip.Next!;
        }
        catch (AccountsException e)
        {
            return ReturnUrls.WithError(trip.Next!, ErrorBodies.Word(e.Code));
        }
    }

    /// <summary>303: whatever the way here, the way on is a GET.</summary>
    private StatusCodeResult SeeOther(string address)
    {
        Response.Headers.CacheControl = "no-store";
        Response.Headers.Location = address;
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
