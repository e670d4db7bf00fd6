using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Social.Linking;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Social;

[Route("api/auth/social/link/mail"), ApiEndpoint, AllowAnonymous, EnableRateLimiting(Throttle.Others)]
public sealed class SocialLinkMailController(SocialLinkCode code, PendingCookie pending) : ControllerBase
{
    private const string Sent = "If this can be finished by mail, a code is on its way.";

    /// <summary>Have a code mailed that connects</summary>
    /// <remarks>
    /// Mails 8 digits to the address of the account that exists, for `link`: good for 10 minutes, with this link token alone. Another takes
    /// the place of the one before. Answers the same whatever the token.
    /// </remarks>
    [HttpPost]
    [Says<DetailResponse>(Sent)]
    [TakesCookie(CookieNames.SocialLink, "the link token, after the redirect flow"), SetsCookie(CookieNames.SocialLink, "for 10 minutes more")]
    public async Task<ActionResult<DetailResponse>> Ask([Form<SocialLinkMailRequest, SocialLinkMailForm>] SocialLinkMailForm form, CancellationToken cancellation)
    {
        await code.AskAsync(form.LinkToken, HttpContext.Device(), cancellation);
        pending.Renew(HttpContext, PendingCookie.Link);
        return new DetailResponse(HttpContext.Say(Sent));
    }
}
