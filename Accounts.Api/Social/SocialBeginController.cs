using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Accounts.Api.Sessions;
using Accounts.Core.Failures;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Social;

[Route("api/auth/social/{provider}/begin"), ApiEndpoint, AllowAnonymous, EnableRateLimiting(Throttle.Others)]
public sealed class SocialBeginController(
    SocialBegin beginning, SocialCookie cookie, TokenTransport transport, Visitor visitor) : ControllerBase
{
    /// <summary>Set out for a provider</summary>
    /// <remarks>The server keeps the PKCE verifier for 10 minutes, for a sign-in or, where somebody is signed in, for connecting or for proving once more who they are. Send the browser to `authorization_url`.</remarks>
    [HttpPost]
    [Succeeds<SocialBeginResponse>]
    [Fails(ErrorCode.UnsupportedProvider), Fails(ErrorCode.NotAuthenticated), Fails(ErrorCode.PermissionDenied)]
    [TakesCredentials(TakesCredentialsAttribute.Bearer, Optional = true)]
    [TakesHeader(TokenTransport.Header, "`body`: no cookie ties the state to a browser, for native clients.", Values = ["body"])]
    [TakesCookie(CookieNames.Social, "the browser, known from another tab"), SetsCookie(CookieNames.Social, "knows the browser again when it comes back")]
    public async Task<ActionResult<SocialBeginResponse>> Begin(
        [Form<SocialBeginRequest, SocialBeginForm>] SocialBeginForm form, [Provider] SocialHandler handler, CancellationToken cancellation)
    {
        var live = form.Mode switch
        {
            SocialMode.SignIn => null,
            // A cookie comes along by itself: who says nothing and is signed in by it may mean either.
            null => await visitor.BearerAsync(HttpContext, cancellation),
            _ => await visitor.SignedInAsync(HttpContext, cancellation),
        };
        if (form.Mode is not null and not SocialMode.SignIn && live is null)
        {
            throw new AuthenticationFailedException(ErrorCode.NotAuthenticated);
        }
        var browser = transport.IsBodyAskedFor(Request) ? null : cookie.Renew(HttpContext);
        var mode = form.Mode ?? (live is null ? SocialMode.SignIn : SocialMode.Connect);
        await handler.PrepareAsync(cancellation);
        var begun = await beginning.BeginAsync(new NewSocialState(handler.Provider.Name, mode, form.RedirectUri, null, live?.User.Id, browser), cancellation);
        Response.Headers.CacheControl = "no-store";
        return new SocialBeginResponse(begun.State, begun.Nonce, begun.CodeChallenge, handler.AuthorizationUrl(begun, anew: mode == SocialMode.Prove));
    }
}
