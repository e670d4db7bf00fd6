using Accounts.Api.Cookies;
using Accounts.Api.Http;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;

namespace Accounts.Api.Sessions;

/// <summary>Who is asking, on a page that needs nobody to be signed in: by access token, else by refresh cookie, else nobody.</summary>
public sealed class Visitor(
    AccessTokenVerifier verifier, LiveSessions sessions, RefreshCookie cookie, RefreshTokenCodec codec, SessionRecognition recognition)
{
    public async Task<Guid?> UserAsync(HttpContext context, CancellationToken cancellation)
    {
        if (ClaimsOf(context) is { } claims)
        {
            return (await sessions.FindAsync(claims, cancellation))?.User.Id;
        }
        return codec.TryRead(RequestCookies.Single(context.Request, cookie.Name), out var token) is null
            ? await recognition.UserOfAsync(token!, cancellation)
            : null;
    }

    /// <summary>The live session of the access token that came along; null for none, and for one that is not good.</summary>
    public async Task<LiveSession?> BearerAsync(HttpContext context, CancellationToken cancellation) =>
        ClaimsOf(context) is { } claims ? await sessions.FindAsync(claims, cancellation) : null;

    private AccessTokenClaims? ClaimsOf(HttpContext context) =>
        BearerToken.Read(context.Request) is { } access && verifier.Verify(access, out var claims) is null ? claims : null;
}
