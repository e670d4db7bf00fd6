using Accounts.Core.Sessions;

namespace Accounts.Api.Cookies;

/// <summary>Both cookies that a browser may be signed in by. It has one of them: signing in by the one takes the other away.</summary>
public sealed class SignedInCookies(RefreshCookie refresh, SessionCookie session)
{
    /// <summary>For who has signed in by this one.</summary>
    public void Set(HttpContext context, IssuedTokens tokens)
    {
        var (own, other) = tokens.Transport.IsSessionMode() ? ((SignedInCookie)session, (SignedInCookie)refresh) : (refresh, session);
        own.Set(context, tokens);
        other.ClearWhatCame(context);
    }

    /// <summary>For who is signed out, or their account gone.</summary>
    public void Clear(HttpContext context)
    {
        refresh.Clear(context);
        session.ClearWhatCame(context);
    }

    /// <inheritdoc cref="SignedInCookie.ComesFromAnywhere"/>
    public bool ComeFromAnywhere(HttpRequest request) => refresh.ComesFromAnywhere(request) || session.ComesFromAnywhere(request);

    /// <summary>Whether the browser may have one that it does not send along where the way here began on another site, and be it by a reload.</summary>
    public bool MayBeKeptBack(HttpRequest request) => refresh.MayBeKeptBack(request) && session.MayBeKeptBack(request);
}
