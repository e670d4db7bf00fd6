using Accounts.Api.Cookies;
using Accounts.Api.Providers;
using Accounts.Api.Providers.OpenId;
using Accounts.Core.Social;

namespace Accounts.Api.Social;

/// <summary>Receives who comes back from a provider: the state first, once and for all, and only then does the provider see the code.</summary>
public sealed class SocialCodes(SocialStates states, SocialReturns returns, SocialCookie browser, SignInRequests requests)
{
    /// <summary>In the flow that a script drives, with our state or with its own verifier.</summary>
    public async Task<ExternalProfile> ProfileAsync(
        HttpContext context, SocialHandler handler, SocialSignInForm form, bool bodyMode, CancellationToken cancellation)
    {
        if (form.IdToken is { } token)
        {
            return await OfAppAsync(handler, token, cancellation);
        }
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

    /// <summary>The nonce is spent first, so that of two who present one token one is let through.</summary>
    private async Task<ExternalProfile> OfAppAsync(SocialHandler handler, AppIdToken token, CancellationToken cancellation)
    {
        if (handler is not OpenIdHandler provider)
        {
            throw ReturnUrls.Refused("id_token", "This provider has no ID tokens: send a code.");
        }
        await states.SpendNonceAsync(provider.Provider.Name, token.Nonce, cancellation);
        return await provider.ReadAsync(token);
    }

    /// <summary>A state that came with a cookie is of no use without it, and one that came without is of no use in a browser.</summary>
    /// <exception cref="Core.Failures.RefusedException">the state is not good here</exception>
    public Task<SpentSocialState> SpendAsync(
        HttpContext context, SocialHandler handler, string state, SocialMode mode, Guid? userId, bool bodyMode, CancellationToken cancellation)
    {
        var names = bodyMode ? [] : browser.Read(context) is { Length: > 0 } known ? known : throw SocialStates.Invalid();
        return states.SpendAsync(new PresentedSocialState(state, handler.Provider.Name, [mode], userId, names), cancellation);
    }

    /// <summary>The state of who comes back to our callback.</summary>
    /// <exception cref="Core.Failures.RefusedException">the state is not good here</exception>
    public Task<SpentSocialState> SpendAsync(HttpContext context, SocialHandler handler, SocialArrival answered, CancellationToken cancellation)
    {
        var presented = Presented(context, handler, answered);
        return presented.Browser.Length == 0 || !answered.IsFromProvider || answered.IsAgain
            ? throw SocialStates.Invalid()
            : states.SpendAsync(presented, cancellation);
    }

    /// <summary>Where a browser goes whose state is spent because it comes a second time; null where it is another browser, or there was no first time.</summary>
    public async Task<SocialReturn?> FindReturnAsync(
        HttpContext context, SocialHandler handler, SocialArrival answered, CancellationToken cancellation) =>
        answered.IsFromProvider
            ? await returns.FindAsync(Presented(context, handler, answered), requests.OfArrival(context, answered.IsPosted).Replaces, cancellation)
            : null;

    /// <summary>Whether the browser may have a session of this trip that it keeps back on the way from another site.</summary>
    public bool MayHoldMore(HttpContext context, SocialArrival answered) => !answered.IsAgain && requests.MayHoldMore(context, answered.IsPosted);

    private PresentedSocialState Presented(HttpContext context, SocialHandler handler, SocialArrival answered) =>
        new(answered.State, handler.Provider.Name, [SocialMode.Redirect, SocialMode.Restore], null, browser.Read(context, answered.IsPosted || (answered.IsAgain && handler.Provider.FormPost)));

    public Task<ExternalProfile> FetchAsync(SocialHandler handler, string code, SpentSocialState trip) =>
        handler.FetchAsync(AuthorizationCode.Of(trip, code));
}
