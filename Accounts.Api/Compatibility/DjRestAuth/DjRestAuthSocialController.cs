using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Accounts.Api.Social;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Compatibility.DjRestAuth;

/// <summary>dj-rest-auth's <c>SocialLoginView</c>, which its users mount as <c>google/</c>, <c>github/</c> and so on. It takes a code; a provider's access token is anybody's.</summary>
[Mounted(Library.DjRestAuth), DrfErrors, ApiEndpoint, AllowAnonymous, ApiExplorerSettings(IgnoreApi = true)]
public sealed class DjRestAuthSocialController(SocialProviders providers, SocialCodes arrival, SocialSignIn social, AliasSignIn signIn, SignInRequests requests) : ControllerBase
{
    [HttpPost("{provider}"), EnableRateLimiting(Throttle.SignIn)]
    [Tells(ErrorCode.UnsupportedProvider, 404, "Not found.", Word = "not_found")]
    public async Task<DjRestAuthTokensResponse> SignIn(
        [Form<SocialSignInRequest, SocialSignInForm>] SocialSignInForm form, [Provider] SocialHandler handler, CancellationToken cancellation)
    {
        var request = signIn.Request(HttpContext, SessionTransport.Body, SessionTransport.Cookie, form.Restore);
        // A state of begin is tied to the browser by its cookie, unless begin was asked for one in the body.
        var profile = await arrival.ProfileAsync(HttpContext, handler, form, bodyMode: request.Kind.Transport == SessionTransport.Body, cancellation);
        try
        {
            return DjRestAuthTokensResponse.Of(signIn.Answer(HttpContext, await social.SignInAsync(profile, providers.ProofNames(Request), request, cancellation)));
        }
        catch (PermissionDeniedException e)
        {
            requests.Remember(HttpContext, e);
            throw;
        }
    }
}
