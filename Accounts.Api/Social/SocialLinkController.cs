using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Social;
using Accounts.Core.Social.Linking;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Social;

/// <summary>What ends <c>account_exists</c>.</summary>
[Route("api/auth/social/link"), ApiEndpoint, AllowAnonymous]
public sealed class SocialLinkController(
    SocialLink link, SocialCodes arrival, ClientSignIn client, SignInAnswer answer, PendingCookie pending) : ControllerBase
{
    /// <summary>Connect to the account that exists</summary>
    /// <remarks>
    /// Adds a new identity to the account that has its address, and signs in to it, by one proof: the account's `password`; `provider`, `code`
    /// and `state` of another provider that is connected to it; or the `code` that `link/mail` has mailed. A token is good for 10 minutes and
    /// 5 tries. `invalid_token`: start again at the provider. `invalid_credentials`: the proof is wrong, and may be sent anew. `throttled`: 20
    /// mailed codes have been wrong within a day, and only other proofs count. Where nobody had verified the address yet, the mailed code does,
    /// and what was set before goes: password, sessions, identities.
    /// </remarks>
    [HttpPost, EnableRateLimiting(Throttle.SignIn)]
    [Succeeds<LoginResponse>]
    [Fails(ErrorCode.InvalidToken, ErrorCode.UnsupportedProvider, ErrorCode.InvalidState, ErrorCode.CodeExchangeFailed, ErrorCode.ProviderProfileFailed)]
    [Fails(ErrorCode.InvalidCredentials), Fails(ErrorCode.AccountFrozen, ErrorCode.AccountDeleted, ErrorCode.EmailNotVerified, ErrorCode.SecondFactorRequired, ErrorCode.SecondFactorEnrolmentRequired, ErrorCode.PermissionDenied), Fails(ErrorCode.SocialAccountTaken)]
    [SignsIn, TakesCookie(CookieNames.Social, "the browser that began, for a `state`")]
    [TakesCookie(CookieNames.SocialLink, "the link token, after the redirect flow"), SetsCookie(CookieNames.SocialLink, "cleared")]
    public async Task<ActionResult<LoginResponse>> Link([Form<SocialLinkRequest, SocialLinkForm>] SocialLinkForm form, CancellationToken cancellation)
    {
        var request = client.Request(HttpContext, form.Remember);
        var signedIn = await link.LinkAsync(form.LinkToken, Proof(form, !request.Kind.Transport.KeepsCookies(), cancellation), request, cancellation);
        pending.Clear(HttpContext, PendingCookie.Link);
        return answer.To(HttpContext, signedIn);
    }

    private LinkProof Proof(SocialLinkForm form, bool bodyMode, CancellationToken cancellation) => form switch
    {
        { Password: { } password } => new LinkByPassword(password),
        { Handler: { } handler } => new LinkByProvider(() => FetchAsync(handler, form.Code!, form.State!, bodyMode, cancellation)),
        _ => new LinkByCode(form.Code!),
    };

    private async Task<ExternalProfile> FetchAsync(SocialHandler handler, string code, string state, bool bodyMode, CancellationToken cancellation)
    {
        var trip = await arrival.SpendAsync(HttpContext, handler, state, SocialMode.SignIn, null, bodyMode, cancellation);
        return await arrival.FetchAsync(handler, code, trip);
    }
}
