using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Social;

/// <summary>Signing in through somebody else, driven by a script.</summary>
[Route("api/auth/social"), ApiEndpoint, AllowAnonymous]
public sealed class SocialController(
    SocialProviders providers, SocialCodes arrival, SocialSignIn signIn, SignInAnswer answer, ClientSignIn client, SignInRequests requests) : ControllerBase
{
    /// <summary>Sign in with a provider's code</summary>
    /// <remarks>
    /// For front ends that send the browser to the provider themselves. Somebody new becomes a user. Where a user has that address
    /// already and the provider vouches for it, the answer is `account_exists`, with a `link_token` for `link` and the `methods` to prove that
    /// account by; of an address that the provider itself gives out the two are connected at once. Where it vouches for none, and nobody may be
    /// told whose it is, the answer is `email_required`, with a `ticket` for `complete`.
    /// </remarks>
    [HttpPost("{provider}"), EnableRateLimiting(Throttle.SignIn)]
    [Succeeds<LoginResponse>]
    [Fails(ErrorCode.UnsupportedProvider, ErrorCode.InvalidState, ErrorCode.CodeExchangeFailed, ErrorCode.ProviderProfileFailed, ErrorCode.EmailRequired)]
    [Fails(ErrorCode.InvalidCredentials), Fails(ErrorCode.RegistrationClosed, ErrorCode.AccountFrozen, ErrorCode.AccountDeleted, ErrorCode.EmailNotVerified, ErrorCode.SecondFactorRequired, ErrorCode.SecondFactorEnrolmentRequired, ErrorCode.PermissionDenied)]
    [Fails(ErrorCode.AccountExists), Fails(ErrorCode.EmailTaken)]
    [SignsIn, TakesCookie(CookieNames.Social, "the browser that began, for a `state`")]
    [SetsCookie(CookieNames.Registration, "knows this browser again when the mailed link is opened in it; with `email_not_verified`")]
    public async Task<ActionResult<LoginResponse>> SignIn(
        [Form<SocialSignInRequest, SocialSignInForm>] SocialSignInForm form, [Provider] SocialHandler handler, CancellationToken cancellation)
    {
        var request = client.Request(HttpContext, form.Remember, form.Restore);
        var profile = await arrival.ProfileAsync(HttpContext, handler, form, !request.Kind.Transport.KeepsCookies(), cancellation);
        try
        {
            return answer.To(HttpContext, await signIn.SignInAsync(profile, providers.ProofNames(Request), request, cancellation));
        }
        catch (PermissionDeniedException e)
        {
            requests.Remember(HttpContext, e);
            throw;
        }
    }
}
