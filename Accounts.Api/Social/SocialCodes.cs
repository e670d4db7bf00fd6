using Accounts.Api.Cookies;
using Accounts.Api.Http;
using Accounts.Core.Sessions;
using Accounts.Core.Social;

namespace Accounts.Api.Social;

/// <summary>Receives who comes back from a provider: the state first, once and for all, and only then does the provider see the code.</summary>
public sealed class SocialCodes(SocialStates states, SocialCookie browser, RefreshCookie cookie, RefreshTokenCodec codec, SocialReturns returns)
{
    /// <summary>In the flow that a script drives, with our state or with its own verifier.</summary>
    public async Task<ExternalProfile> ProfileAsync(
        HttpContext context, SocialHandler handler, SocialSignInForm form, bool bodyMode, CancellationToken cancellation)
    {
        if (form.State is null)
        {
            return await handler.FetchAsync(new AuthorizationCode(form.Code, form.Verifier!, form.RedirectUri, form.Nonce));
        }
        var trip = await SpendAsync(context, handler, form.State, SocialMode.SignIn, null, bodyMode, cancellation);
        if (form.NamesRedirectUri && form.RedirectUri != trip.RedirectUri)
        {
            throw ReturnUrls.Refused("redirect_uri", "The sign-in began with another address.");
        }
        return await FetchAsync(handler, form.Code, trip);
    }

    /// <summary>A state that came with a cookie is of no use without it, and one that came without is of no use in a browser.</summary>
    /// <exception cref="Core.Failures.RefusedException">the state is not good here</exception>
    public Task<SpentSocialState> SpendAsync(
        HttpContext context, SocialHandler handler, string state, SocialMode mode, Guid? userId, bool bodyMode, CancellationToken cancellation)
    {
        var name = bodyMode ? null : browser.Read(context) ?? throw SocialStates.Invalid();
        return states.SpendAsync(new PresentedSocialState(state, handler.Provider.Name, mode, userId, name), cancellation);
    }

    /// <summary>Where a browser goes whose state is spent because it comes a second time; null where it is another browser, or there was no first time.</summary>
    public async Task<SocialReturn?> FindReturnAsync(HttpContext context, SocialHandler handler, string state, CancellationToken cancellation)
    {
        var presented = new PresentedSocialState(state, handler.Provider.Name, SocialMode.Redirect, null, browser.Read(context));
        return await returns.FindAsync(presented, Brought(context.Request), context.Device(), cancellation);
    }

    public Task<ExternalProfile> FetchAsync(SocialHandler handler, string code, SpentSocialState trip) =>
        handler.FetchAsync(new AuthorizationCode(code, trip.Verifier, trip.RedirectUri, trip.Nonce));

    /// <summary>The refresh token whose session a new sign-in in this browser replaces.</summary>
    public RefreshToken? Brought(HttpRequest request)
    {
        codec.TryRead(RequestCookies.Single(request, cookie.Name), out var brought);
        return brought;
    }
}
