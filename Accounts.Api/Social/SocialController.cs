using Accounts.Api.Http;
using Accounts.Api.Sessions;
using Accounts.Core.Sessions;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Social;

/// <summary>Signing in through somebody else, driven by a script.</summary>
[Route("api/auth/social"), AllowAnonymous]
public sealed class SocialController(
    SocialProviders providers, SocialArrival arrival, SocialSignIn signIn, SocialLink link, SignInAnswer answer, TokenTransport transport,
    ReturnAddresses addresses, SocialCookie cookie, IOptions<SocialOptions> options) : ControllerBase
{
    /// <summary>What a sign-in page needs for its buttons.</summary>
    [HttpGet, EnableRateLimiting(Throttle.Others)]
    public SocialProviderResponse[] List() => [.. providers.Offered(HttpContext).Select(handler => new SocialProviderResponse(
        handler.Provider.Name, handler.Provider.Title, handler.Provider.ClientId, handler.Provider.AuthorizationEndpoint, handler.Scopes, Flows()))];

    private string[] Flows() =>
        [.. options.Value.RequireState ? Array.Empty<string>() : ["code"], "begin", .. cookie.IsCrossSite ? Array.Empty<string>() : ["redirect"]];

    [HttpPost("{provider}"), EnableRateLimiting(Throttle.SignIn)]
    public async Task<ActionResult<LoginResponse>> SignIn(string provider, [FromBody] SocialSignInRequest body, CancellationToken cancellation)
    {
        var handler = providers.Find(HttpContext, provider);
        var form = body.Read(addresses, options.Value.RequireState);
        var kind = new SessionKind(form.Remember, transport.IsBodyAskedFor(Request));
        var profile = await arrival.ProfileAsync(HttpContext, handler, form, kind.BodyMode, cancellation);
        var signedIn = await signIn.SignInAsync(profile, HttpContext.Device(), kind, arrival.Brought(Request), cancellation);
        return answer.To(HttpContext, signedIn);
    }

    /// <summary>Adds a new identity to the account that has its address, and signs in to it.</summary>
    [HttpPost("link"), EnableRateLimiting(Throttle.SignIn)]
    public async Task<ActionResult<LoginResponse>> Link([FromBody] SocialLinkRequest body, CancellationToken cancellation)
    {
        var (token, password) = body.Read();
        var kind = new SessionKind(Persistent: true, transport.IsBodyAskedFor(Request));
        var signedIn = await link.LinkAsync(token, password, HttpContext.Device(), kind, arrival.Brought(Request), cancellation);
        return answer.To(HttpContext, signedIn);
    }
}
