using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Passkeys;

/// <summary>Read by password managers, which offer to make a passkey.</summary>
[Route(".well-known/passkey-endpoints"), PublishedDocument, AllowAnonymous, DisableRateLimiting]
public sealed class PasskeyEndpointsController(IOptions<PagesOptions> pages, IOptions<SiteOptions> site) : ControllerBase
{
    /// <summary>Where passkeys are made and managed</summary>
    /// <remarks>The pages of the account (W3C, a well-known URL for relying party passkey endpoints); 404 where there are no pages of the server's.</remarks>
    [HttpGet, Succeeds<PasskeyEndpointsResponse>, Fails(ErrorCode.NotFound)]
    public PasskeyEndpointsResponse Show()
    {
        if (!pages.Value.Enabled)
        {
            throw new NotFoundException();
        }
        Response.Headers.CacheControl = "public, max-age=3600";
        return PasskeyEndpointsResponse.Of(site.Value.Origin);
    }
}
