using Accounts.Api.Cookies;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Users.Extra;

namespace Accounts.Api.Sessions;

/// <summary>Answers a page that loads: whose session it is, with the refresh that it asked for.</summary>
public sealed class SessionAnswer(LiveSessions sessions, ShownSessions shown, SessionCookie cookie, RefreshThrottle throttle, ExtraFields extra)
{
    /// <summary>In session mode, where there is nothing to refresh.</summary>
    /// <returns>null where no session token came along</returns>
    /// <exception cref="ThrottledException">it has been asked too often</exception>
    public async Task<SessionResponse?> OfSessionModeAsync(HttpContext context, CancellationToken cancellation)
    {
        if (shown.Read(context.Request) is { } token)
        {
            throttle.Demand(token.SessionId);
        }
        var (live, refusal, inCookie) = await shown.FindAsync(context.Request, cancellation);
        if (refusal == TokenRejection.Missing)
        {
            return null;
        }
        if (inCookie && refusal is TokenRejection.Invalid or TokenRejection.Expired)
        {
            cookie.Clear(context);
        }
        return live is null ? SessionResponse.Nobody(refusal) : SessionResponse.Of(UserResponse.Of(live.User, extra));
    }

    public async Task<SessionResponse> ToAsync(Refreshed refreshed, CancellationToken cancellation)
    {
        var (session, tokens, refresh) = refreshed;
        return await sessions.FindAsync(session.UserId, session.SessionId, cancellation) is { } live
            ? SessionResponse.Of(tokens, refresh, UserResponse.Of(live.User, extra))
            : SessionResponse.Nobody(TokenRejection.Revoked);
    }
}
