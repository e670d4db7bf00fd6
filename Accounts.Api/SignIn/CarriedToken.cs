using Accounts.Api.Cookies;
using Accounts.Api.Sessions;
using Accounts.Core.Sessions;

namespace Accounts.Api.SignIn;

/// <summary>The refresh token that comes along with a request which ends all sessions: its own goes on.</summary>
public sealed class CarriedToken(RefreshTokenCodec codec, RefreshCookie cookie, TokenTransport transport, LiveSessions sessions)
{
    /// <param name="request">with a cookie, perhaps</param>
    /// <param name="refresh">of the body; null for none</param>
    /// <returns>null for none that can be read</returns>
    public PresentedToken? Of(HttpRequest request, string? refresh)
    {
        if (transport.Allows(request) && codec.TryRead(refresh, out var token) is null)
        {
            return new PresentedToken(token!, SessionTransport.Body);
        }
        return codec.TryRead(RequestCookies.Single(request, cookie.Name), out token) is null ? new PresentedToken(token!, SessionTransport.Cookie) : null;
    }

    /// <summary>As <see cref="Of"/>, where no access token has shown that the session lives.</summary>
    public async Task<PresentedToken?> OfLiveAsync(HttpRequest request, string? refresh, CancellationToken cancellation) =>
        Of(request, refresh) is { Token: var token } carried && await sessions.FindAsync(token.UserId, token.SessionId, cancellation) is not null ? carried : null;
}
