using Accounts.Api.Http;
using Accounts.Api.Sessions;
using Accounts.Core;
using Accounts.Core.Sessions;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Social;

/// <summary>Signing in through somebody else, driven by us: for front ends on our own site. No token and no code of ours ever stands in an address.</summary>
[Route("api/auth/social/{provider}"), AllowAnonymous]
public sealed class SocialRedirectController(
    SocialProviders providers, SocialBeginning beginning, SocialArrival arrival, SocialSignIn signIn, SignInAnswer answer, SocialCookie cookie,
    ReturnAddresses addresses) : ControllerBase
{
    [HttpGet("login"), EnableRateLimiting(Throttle.Others)]
    public async Task<IActionResult> Login(string provider, CancellationToken cancellation)
    {
        DemandSameSite();
        var handler = providers.Find(HttpContext, provider);
        var next = addresses.Next(Request.Query["next"]);
        if (HttpMethods.IsHead(Request.Method))
        {
            return NoContent();
        }
        var start = new SocialStart(provider, SocialMode.Redirect, addresses.Callback(provider), next, null, cookie.Renew(HttpContext));
        var begun = await beginning.BeginAsync(start, cancellation);
        Response.Headers.CacheControl = "no-store";
        return Redirect(handler.AuthorizationUrl(begun));
    }

    /// <summary>What is wrong with the state is told here and now: nobody knows yet whose browser this is, or where it would like to go.</summary>
    [HttpGet("callback"), EnableRateLimiting(Throttle.SignIn)]
    public async Task<IActionResult> Callback(string provider, CancellationToken cancellation)
    {
        DemandSameSite();
        var handler = providers.Find(HttpContext, provider);
        if (HttpMethods.IsHead(Request.Method))
        {
            return NoContent();
        }
        if (Single("state") is not { Length: > 0 } state || !IsFrom(handler.Provider))
        {
            throw SocialStates.Invalid();
        }
        var trip = await arrival.SpendAsync(HttpContext, handler, state, SocialMode.Redirect, null, bodyMode: false, cancellation);
        return SeeOther(await FinishAsync(handler, trip, cancellation));
    }

    private void DemandSameSite()
    {
        if (cookie.IsCrossSite)
        {
            throw new RefusedException(ErrorCode.RedirectFlowUnavailable,
                "With Accounts__Sessions__CookieSameSite=None this flow cannot sign in a front end on another site: use POST /api/auth/social/{provider}/.");
        }
    }

    /// <summary>RFC 9207, where the provider names itself.</summary>
    private bool IsFrom(SocialProvider provider) =>
        Request.Query["iss"].Count == 0 || (provider.Issuer.Length > 0 && Single("iss") == provider.Issuer);

    private string? Single(string name) => Request.Query[name] is [var value] ? value : null;

    /// <summary>Where the browser goes. Of what went wrong it carries our code, never the provider's words.</summary>
    private async Task<string> FinishAsync(SocialHandler handler, SocialTrip trip, CancellationToken cancellation)
    {
        try
        {
            if (Single("code") is not { Length: > 0 } code)
            {
                throw new RefusedException(ErrorCode.AccessDenied, "The sign-in was ended at the provider.");
            }
            var profile = await arrival.FetchAsync(handler, code, trip);
            var kind = new SessionKind(Persistent: true, BodyMode: false);
            answer.To(HttpContext, await signIn.SignInAsync(profile, HttpContext.Device(), kind, arrival.Brought(Request), cancellation));
            return trip.Next!;
        }
        catch (AccountsException e)
        {
            return ReturnAddresses.WithError(trip.Next!, ErrorBodies.Word(e.Code));
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
