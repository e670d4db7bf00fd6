using Accounts.Api.Http;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;

namespace Accounts.Api.Sessions;

/// <summary>Who is asking, on a page that needs nobody to be signed in: by access or session token, else by cookie, else nobody.</summary>
public sealed class Visitor(
    AccessTokenVerifier verifier, LiveSessions sessions, ShownSessions shown, CarriedTokens carried, SessionRecognition recognition)
{
    public async Task<Guid?> UserAsync(HttpContext context, CancellationToken cancellation)
    {
        if (ClaimsOf(context) is { } claims)
        {
            return (await sessions.FindAsync(claims, cancellation))?.User.Id;
        }
        if ((await shown.FindAsync(context.Request, cancellation)).Live is { } live)
        {
            return live.User.Id;
        }
        return carried.InRefreshCookie(context.Request) is { } token ? await recognition.UserOfAsync(token, cancellation) : null;
    }

    /// <summary>The live session of the access token that came along, or of the session token; null for none, and for one that is not good.</summary>
    public async Task<LiveSession?> SignedInAsync(HttpContext context, CancellationToken cancellation) =>
        ClaimsOf(context) is { } claims ? await sessions.FindAsync(claims, cancellation) : (await shown.FindAsync(context.Request, cancellation)).Live;

    /// <summary>As <see cref="SignedInAsync"/>, of a token that its client has sent along, and no cookie, which comes by itself.</summary>
    public async Task<LiveSession?> BearerAsync(HttpContext context, CancellationToken cancellation) =>
        BearerToken.IsPresent(context.Request) ? await SignedInAsync(context, cancellation) : null;

    private AccessTokenClaims? ClaimsOf(HttpContext context) =>
        BearerToken.Read(context.Request) is { } access && verifier.Verify(access, out var claims) is null ? claims : null;
}
