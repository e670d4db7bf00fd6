using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Social.Linking;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Social;

[Route("api/auth/social/link"), ApiEndpoint, AllowAnonymous, EnableRateLimiting(Throttle.Others)]
public sealed class SocialLinkReviewController(LinkReview review, SocialProviders providers, PendingCookie pending) : ControllerBase
{
    /// <summary>See what may be connected, and by which proofs</summary>
    /// <remarks>
    /// After the redirect flow has ended with `account_exists`: what its answer tells where a script drives the flow. Known by the cookie alone;
    /// looking is no try, and changes nothing.
    /// </remarks>
    [HttpGet]
    [Succeeds<SocialLinkResponse>, Fails(ErrorCode.InvalidToken)]
    [TakesCookie(CookieNames.SocialLink, "the link token of the redirect flow")]
    public async Task<ActionResult<SocialLinkResponse>> Review(CancellationToken cancellation)
    {
        var token = pending.Read(HttpContext, PendingCookie.Link) ?? throw MailedTokenStore.Invalid();
        var link = await review.ReviewAsync(token, providers.OfferedNames(Request), cancellation);
        return new SocialLinkResponse(link.Provider, link.Methods, link.Email, (int)Math.Ceiling(link.Left.TotalSeconds));
    }
}
