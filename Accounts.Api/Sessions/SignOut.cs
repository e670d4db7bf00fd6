using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Http;
using Accounts.Api.OldTokens;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;

namespace Accounts.Api.Sessions;

/// <summary>Signing out by whatever shows a session: the body's refresh token, else the cookie's, and a session token; else the access token, be it expired.</summary>
public sealed class SignOut(Logout logout, SignedInCookies cookies, CarriedTokens carried, AccessTokenVerifier verifier, OldTokenExchange old)
{
    /// <param name="context">of the request; its cookies are cleared</param>
    /// <param name="refresh">the refresh token of the body; null for none</param>
    /// <returns>whether anything that came along shows a session, be it over</returns>
    public async Task<bool> EndAsync(HttpContext context, string? refresh)
    {
        var token = carried.InBody(refresh) ?? carried.InRefreshCookie(context.Request);
        SessionCredential?[] all = [token, carried.InSessionCookie(context.Request), token is null ? carried.ShownSession(context.Request) : null];
        foreach (var shown in all.OfType<SessionCredential>().DistinctBy(credential => credential.SessionId))
        {
            await logout.LogoutAsync(shown, context.Device());
        }
        var wasOld = await old.EndAsync(context, refresh);
        cookies.Clear(context);
        if (wasOld || all is not [null, null, null])
        {
            return true;
        }
        if (BearerToken.Read(context.Request) is { } access && verifier.Verify(access, out var claims) is null or TokenRejection.Expired)
        {
            await logout.LogoutAsync(claims.UserId, claims.SessionId, context.Device());
            return true;
        }
        return false;
    }
}
