using Accounts.Api.Http;
using Accounts.Api.Sessions;
using Accounts.Core.Sessions;

namespace Accounts.Api.SignIn;

/// <summary>The refresh or session token that comes along with a request which ends all sessions: its own goes on.</summary>
public sealed class CarriedToken(CarriedTokens carried, TokenTransport transport, LiveSessions sessions)
{
    /// <param name="request">with a cookie, perhaps</param>
    /// <param name="refresh">of the body; null for none</param>
    /// <returns>null for none that can be read</returns>
    public CarriedCredential? Of(HttpRequest request, string? refresh)
    {
        if (transport.Allows(request) && carried.InBody(refresh) is { } token)
        {
            return new CarriedCredential(token, SessionTransport.Body);
        }
        if (!IsByAccessToken(request) && carried.ShownSession(request) is { } shown)
        {
            // The next one goes where its session's goes: into a body for no page that may have none there.
            return transport.Allows(request) ? new CarriedCredential(shown, SessionTransport.Session, SessionTransport.TokenBody) : new CarriedCredential(shown, SessionTransport.Session);
        }
        return carried.InRefreshCookie(request) is { } inCookie ? new CarriedCredential(inCookie, SessionTransport.Cookie) : null;
    }

    private static bool IsByAccessToken(HttpRequest request) => BearerToken.Read(request) is { } bearer && !SessionTokenCodec.IsOne(bearer);

    /// <summary>As <see cref="Of"/>, where no access token has shown that the session lives.</summary>
    public async Task<CarriedCredential?> OfLiveAsync(HttpRequest request, string? refresh, CancellationToken cancellation) =>
        Of(request, refresh) is { Credential: var own } carried && await sessions.FindAsync(own.UserId, own.SessionId, cancellation) is not null ? carried : null;
}
