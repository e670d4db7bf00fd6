namespace Accounts.Core.Sessions;

/// <summary>Whose live session a refresh token belongs to, without rotating it: for pages, which have no access token.</summary>
public sealed class SessionRecognition(SessionRotation rotation)
{
    public async Task<Guid?> UserOfAsync(RefreshToken token, Device device, CancellationToken cancellation) =>
        await rotation.ReadAsync(token, SessionTransport.Cookie, device, cancellation) is
            { SecretMatches: true, TransportMatches: true, Ended: false, LifetimeOver: false, UserLive: true }
            ? token.UserId
            : null;
}
