using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Pages;
using Accounts.Api.Providers;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Social;

/// <summary>The way back of signing in through somebody else, driven by us.</summary>
[Route("api/auth/social/{provider}/callback"), ApiEndpoint, AllowAnonymous, EnableRateLimiting(Throttle.SignIn)]
public sealed class SocialCallbackController(SocialProviders providers, SocialCodes codes, SocialFinish finish, SocialCookie cookie, ReturnUrls addresses)
    : ControllerBase
{
    /// <summary>Come back from a provider</summary>
    /// <remarks>
    /// Where providers send the browser. Signs in and sends it to `next`; what goes wrong stands there as `error`, one of `ErrorCode`. Only a
    /// `state` that is not this browser's is told here: people get a page, scripts JSON. Loaded again, it leads to `next` and does nothing; where
    /// the browser keeps its session's cookie back on the way from another site, by way of a page that comes back once more (`again`).
    /// </remarks>
    [HttpGet]
    [Succeeds(StatusCodes.Status303SeeOther), Succeeds(StatusCodes.Status200OK, HasPage = true)]
    [Fails(ErrorCode.UnsupportedProvider, ErrorCode.RedirectFlowUnavailable, ErrorCode.InvalidState, HasPage = true)]
    [TakesCookie(CookieNames.Social, "the browser that set out"), TakesCookie(CookieNames.SocialPost, "the same, with `again`, of a provider that posts"), SignsIn(ByHeader = false)]
    [SetsCookie(CookieNames.SocialLink, "with `account_exists`: the link token for `link`"), SetsCookie(CookieNames.SocialTicket, "with `email_required`: the ticket for `complete`")]
    public async Task<IActionResult> Callback(string provider, CancellationToken cancellation)
    {
        cookie.DemandSameSite();
        var handler = providers.Find(HttpContext, provider);
        if (HttpMethods.IsHead(Request.Method))
        {
            return NoContent();
        }
        return await ArriveAsync(handler, SocialArrival.OfQuery(Request.Query, handler.Provider), cancellation);
    }

    /// <summary>Come back from a provider that posts</summary>
    /// <remarks>The same for Apple, and for providers that `FormPost` is set of: the provider's page has the browser post the answer.</remarks>
    [HttpPost, AnySite]
    [Succeeds(StatusCodes.Status303SeeOther), Succeeds(StatusCodes.Status200OK, HasPage = true)]
    [Fails(ErrorCode.UnsupportedProvider, ErrorCode.RedirectFlowUnavailable, ErrorCode.InvalidState, HasPage = true)]
    [TakesCookie(CookieNames.SocialPost, "the browser that set out"), SignsIn(ByHeader = false)]
    public Task<IActionResult> PostedCallback(
        [Form<SocialArrivalRequest, SocialArrival>] SocialArrival answered, [Provider] SocialHandler handler, CancellationToken cancellation)
    {
        cookie.DemandSameSite();
        return handler.Provider.FormPost ? ArriveAsync(handler, answered, cancellation) : throw new RefusedException(ErrorCode.UnsupportedProvider);
    }

    private async Task<IActionResult> ArriveAsync(SocialHandler handler, SocialArrival answered, CancellationToken cancellation)
    {
        try
        {
            var trip = await codes.SpendAsync(HttpContext, handler, answered, cancellation);
            return SeeOther(handler, await finish.FinishAsync(HttpContext, handler, answered, trip, cancellation));
        }
        catch (RefusedException e) when (e.Code == ErrorCode.InvalidState && Request.IsNavigation())
        {
            return await ReturnAsync(handler, answered, cancellation);
        }
    }

    /// <summary>The same address a second time (reload, Back) goes where the first time went; somebody else's browser learns nothing of that place.</summary>
    private async Task<IActionResult> ReturnAsync(SocialHandler handler, SocialArrival answered, CancellationToken cancellation) =>
        await codes.FindReturnAsync(HttpContext, handler, answered, cancellation) switch
        {
            null => Page.ShowUnreferred(HttpContext, "sign-in-again", addresses.Next([]), StatusCodes.Status400BadRequest),
            { SignedIn: true } known => SeeOther(handler, known.Next),
            _ when codes.MayHoldMore(HttpContext, answered) => ComeAgain($"{addresses.Callback(handler.Provider.Name)}{answered.Again}"),
            { } known => SeeOther(handler, ReturnUrls.WithError(known.Next, ErrorBodies.Word(ErrorCode.InvalidState))),
        };

    /// <summary>What a page of ours leads to begins on our site. A redirect would not: it goes on with the way that has led here.</summary>
    private IActionResult ComeAgain(string address)
    {
        Response.Headers["Refresh"] = $"0; url={address}";
        return Page.ShowUnreferred(HttpContext, "signing-in", address);
    }

    /// <summary>303: whatever the way here, the way on is a GET. An address without a fragment would inherit the provider's (RFC 9110 section 10.2.2).</summary>
    private StatusCodeResult SeeOther(SocialHandler handler, string address)
    {
        Response.Headers.CacheControl = "no-store";
        Response.Headers.Location = handler.Provider.AddsFragment && !address.Contains('#', StringComparison.Ordinal) ? $"{address}#" : address;
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
