using Accounts.Api.Cookies;
using Accounts.Api.Http;
using Accounts.Core.Sessions;

namespace Accounts.Api.Sessions;

/// <summary>The refresh and session tokens that a request carries, as far as they are authentic: whether their sessions live is another question.</summary>
public sealed class CarriedTokens(RefreshTokenCodec codec, RefreshCookie refresh, ShownSessions shown)
{
    public bool HasRefreshCookie(HttpRequest request) => refresh.ComesAlong(request);

    /// <summary>By which the browser is signed in; none, one, or, of who has been at two kinds of page, both.</summary>
    public SessionCredential[] InCookies(HttpRequest request) =>
        [.. new SessionCredential?[] { InSessionCookie(request), InRefreshCookie(request) }.OfType<SessionCredential>()];

    /// <summary>Those, and what else shows a session.</summary>
    /// <param name="request">with a session token as Bearer, perhaps</param>
    /// <param name="refreshToken">of the body; null for none</param>
    public SessionCredential[] All(HttpRequest request, string? refreshToken) => [.. InCookies(request).Concat(
        new SessionCredential?[] { InBody(refreshToken), shown.Read(request) }.OfType<SessionCredential>()).DistinctBy(credential => credential.SessionId)];

    public RefreshToken? InBody(string? refreshToken)
    {
        codec.TryRead(refreshToken, out var token);
        return token;
    }

    public RefreshToken? InRefreshCookie(HttpRequest request) => InBody(RequestCookies.Single(request, refresh.Name));

    public SessionToken? InSessionCookie(HttpRequest request) => shown.ReadCookie(request);

    /// <summary>As Bearer, else in its cookie.</summary>
    public SessionToken? ShownSession(HttpRequest request) => shown.Read(request);
}
