using Accounts.Api.Users;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Users.Extra;

namespace Accounts.Api.Sessions;

/// <summary>Answers a page that loads: the refresh that it asked for, and whose session it is.</summary>
public sealed class SessionAnswer(LiveSessions sessions, ExtraFields extra)
{
    public async Task<SessionResponse> ToAsync(Refreshed refreshed, CancellationToken cancellation)
    {
        var (session, tokens, refresh) = refreshed;
        return await sessions.FindAsync(session.UserId, session.SessionId, cancellation) is { } live
            ? SessionResponse.Of(tokens, refresh, UserResponse.Of(live.User, extra))
            : SessionResponse.Nobody(TokenRejection.Revoked);
    }
}
