using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Social;

[Route("api/auth/social"), ApiEndpoint, AllowAnonymous]
public sealed class SocialProvidersController(SocialProviders providers, SocialCookie cookie, IOptions<SocialOptions> options) : ControllerBase
{
    /// <summary>List the providers</summary>
    /// <remarks>
    /// What a sign-in page needs for its buttons. `flows`: `code` (a script redeems the code with its own verifier), `begin` (with
    /// a state of ours), `redirect` (by way of `login` and our callback).
    /// </remarks>
    [HttpGet, EnableRateLimiting(Throttle.Others)]
    [SucceedsWithList<SocialProviderResponse>]
    public SocialProviderResponse[] List() => [.. providers.Offered(HttpContext).Select(handler =>
        new SocialProviderResponse(handler.Provider.Name, handler.Provider.Title, handler.Provider.ClientId, handler.Provider.AuthorizationEndpoint, handler.Scopes, Flows(handler.Provider)))];

    /// <summary>A provider that posts its answer posts it to us alone.</summary>
    private string[] Flows(SocialProvider provider) => provider.FormPost
        ? cookie.IsCrossSite ? [] : ["redirect"]
        : [.. options.Value.RequireState ? Array.Empty<string>() : ["code"], "begin", .. cookie.IsCrossSite ? Array.Empty<string>() : ["redirect"]];
}
