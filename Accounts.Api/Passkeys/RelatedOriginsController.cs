using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Passkeys;

/// <summary>Read by browsers before they use our passkeys elsewhere.</summary>
[Route(".well-known/webauthn"), PublishedDocument, AllowAnonymous, DisableRateLimiting]
public sealed class RelatedOriginsController(RelyingParty party) : ControllerBase
{
    /// <summary>Where else our passkeys are used</summary>
    /// <remarks>Related origins, WebAuthn level 3 section 5.11; 404 where no page of another site uses them.</remarks>
    [HttpGet, Succeeds<RelatedOriginsResponse>, Fails(ErrorCode.NotFound)]
    public RelatedOriginsResponse Origins()
    {
        if (party.RelatedOrigins is not { Length: > 0 } related)
        {
            throw new NotFoundException();
        }
        Response.Headers.CacheControl = "public, max-age=3600";
        return new RelatedOriginsResponse(related);
    }
}
