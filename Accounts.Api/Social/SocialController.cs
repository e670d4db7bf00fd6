using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Sessions;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Social;

/// <summary>Signing in through somebody else, driven by a script.</summary>
[Route("api/auth/social"), ApiEndpoint, AllowAnonymous]
public sealed class SocialController(
    SocialProviders providers, SocialCodes arrival, SocialSignIn signIn, SocialLink link, SignInAnswer answer, TokenTransport transport,
    SocialCookie cookie, IOptions<SocialOptions> options) : ControllerBase
{
    /// <summary>List the providers</summary>
    /// <remarks>
    /// What a sign-in page needs for its buttons. `flows`: `code` (a script redeems the code with its own verifier), `begin` (with
    /// a state of ours), `redirect` (by way of `login` and our callback).
    /// </remarks>
    [HttpGet, EnableRateLimiting(Throttle.Others)]
    [SucceedsWithList<SocialProviderResponse>]
    public SocialProviderResponse[] List() => [.. providers.Offered(HttpContext).Select(handler =>
        new SocialProviderResponse(handler.Provider.Name, handler.Provider.Title, handler.Provider.ClientId, handler.Provider.AuthorizationEndpoint, handler.Scopes, Flows()))];

    private string[] Flows() =>
        [.. options.Value.RequireState ? Array.Empty<string>() : ["code"], "begin", .. cookie.IsCrossSite ? Array.Empty<string>() : ["redirect"]];

    /// <summary>Sign in with a provider's code</summary>
    /// <remarks>
    /// For front ends that send the browser to the provider themselves. Somebody new becomes a user. Where a user has that address
    /// already and the provider vouches for it, the answer is `account_exists`, with a `link_token` for `link` and the `methods` to prove that
    /// account by; of an address that the provider itself gives out the two are connected at once.
    /// </remarks>
    [HttpPost("{provider}"), EnableRateLimiting(Throttle.SignIn)]
    [Succeeds<LoginResponse>]
    [Fails(ErrorCode.UnsupportedProvider, ErrorCode.InvalidState, ErrorCode.CodeExchangeFailed, ErrorCode.ProviderProfileFailed, ErrorCode.EmailRequired)]
    [Fails(ErrorCode.InvalidCredentials), Fails(ErrorCode.RegistrationClosed, ErrorCode.EmailNotVerified, ErrorCode.PermissionDenied)]
    [Fails(ErrorCode.AccountExists)]
    [SignsIn, TakesCookie(CookieNames.Social, "the browser that began, for a `state`")]
    public async Task<ActionResult<LoginResponse>> SignIn(
        [Form<SocialSignInRequest, SocialSignInForm>] SocialSignInForm form, [Provider] SocialHandler handler, CancellationToken cancellation)
    {
        var kind = new SessionKind(form.Remember, transport.AskedFor(Request));
        var profile = await arrival.ProfileAsync(HttpContext, handler, form, kind.Transport == SessionTransport.Body, cancellation);
        var signedIn = await signIn.SignInAsync(profile, providers.OfferedNames(Request), new SignInRequest(HttpContext.Device(), kind, arrival.Brought(Request)), cancellation);
        return answer.To(HttpContext, signedIn);
    }

    /// <summary>Connect by the account's password</summary>
    /// <remarks>Adds a new identity to the account that has its address, and signs in to it. A token is good for 10 minutes and 5 tries, which count as sign-ins.</remarks>
    [HttpPost("link"), EnableRateLimiting(Throttle.SignIn)]
    [Succeeds<LoginResponse>]
    [Fails(ErrorCode.InvalidToken), Fails(ErrorCode.InvalidCredentials), Fails(ErrorCode.PermissionDenied), Fails(ErrorCode.SocialAccountTaken)]
    [SignsIn]
    public async Task<ActionResult<LoginResponse>> Link([Form<SocialLinkRequest, SocialLinkForm>] SocialLinkForm form, CancellationToken cancellation)
    {
        var kind = new SessionKind(Persistent: true, transport.AskedFor(Request));
        var signedIn = await link.LinkAsync(form.LinkToken, form.Password, new SignInRequest(HttpContext.Device(), kind, arrival.Brought(Request)), cancellation);
        return answer.To(HttpContext, signedIn);
    }
}
