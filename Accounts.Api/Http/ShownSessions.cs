using Accounts.Api.Cookies;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;

namespace Accounts.Api.Http;

/// <summary>What became of the session token that a request shows: the session, or why it is none.</summary>
/// <param name="Live">null where it is refused</param>
/// <param name="Refusal">null where it is good; <see cref="TokenRejection.Missing"/> where there is none</param>
/// <param name="InCookie">whether the cookie shows it</param>
public readonly record struct ShownSession(LiveTokenSession? Live, TokenRejection? Refusal, bool InCookie);

/// <summary>The session token that a request shows, in session mode: as Bearer, else in its cookie.</summary>
public sealed class ShownSessions(SessionCookie cookie, SessionTokenCodec codec, LiveSessionTokens sessions)
{
    /// <summary>Whether there is a cookie to look at. A request that says by a header who it is shows none.</summary>
    public bool IsInCookie(HttpRequest request) => request.Headers.Cookie.Count > 0 && !BearerToken.IsPresent(request) && cookie.ComesAlong(request);

    /// <summary>The token by itself, of which the database is not asked; null where there is none that this server has made.</summary>
    public SessionToken? Read(HttpRequest request)
    {
        Read(request, out var token, out _);
        return token;
    }

    /// <summary>That of the cookie, whatever else there is.</summary>
    public SessionToken? ReadCookie(HttpRequest request)
    {
        codec.TryRead(RequestCookies.Single(request, cookie.Name), out var token);
        return token;
    }

    public async Task<ShownSession> FindAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (Read(request, out var token, out var inCookie) is { } refusal)
        {
            return new ShownSession(null, refusal, inCookie);
        }
        var live = await sessions.FindAsync(token!, cancellation);
        return live is null ? new ShownSession(null, await sessions.WhyNotAsync(token!, cancellation), inCookie)
            // Who was given it in a body has no cookie: somebody else has put it there.
            : inCookie && !live.Transport.KeepsCookies() ? new ShownSession(null, TokenRejection.Invalid, inCookie)
            : new ShownSession(live, null, inCookie);
    }

    private TokenRejection? Read(HttpRequest request, out SessionToken? token, out bool inCookie)
    {
        inCookie = !(BearerToken.Read(request) is { } bearer && SessionTokenCodec.IsOne(bearer));
        return codec.TryRead(inCookie ? InCookie(request) : BearerToken.Read(request), out token);
    }

    /// <summary>Of several at most one is ours, and which of them nobody knows.</summary>
    private string? InCookie(HttpRequest request) => RequestCookies.All(request, cookie.Name) switch
    {
        [] => null,
        [var value] => value,
        _ => "several",
    };
}
