using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Notices;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Accounts.Core.Sessions;

/// <summary>Refreshing: an access token, and the refresh token that follows the one that was presented.</summary>
public sealed partial class SessionRefresh(
    SessionRotation rotation, SessionTokens tokens, AccountsDb db, Notice notice, SecurityLog events,
    ILogger<SessionRefresh> log)
{
    private const int Attempts = 2;

    private enum Verdict
    {
        Invalid,
        Revoked,
        Expired,
        /// <summary>The token is the current one, or its direct parent in good time: the current one once more.</summary>
        Current,
        /// <summary>The row was rotated or became due between the two statements.</summary>
        Retry,
        StateLost,
        Reused,
    }

    /// <exception cref="AuthenticationFailedException">with the reason; a session that had to end has ended</exception>
    /// <exception cref="UnavailableException">others kept changing the session</exception>
    public async Task<IssuedTokens> RefreshAsync(PresentedToken presented, Device device, CancellationToken cancellation)
    {
        var (token, transport) = presented;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await rotation.TryRotateAsync(token, transport, device, cancellation) is { } rotated)
            {
                return tokens.Issue(token.Next(), rotated, transport);
            }
            var state = await rotation.ReadAsync(token, transport, device, cancellation);
            switch (Judge(token, state))
            {
                case Verdict.Current:
                    return tokens.Issue(token with { Generation = state!.Generation }, state.Session, transport);
                case Verdict.Retry:
                    continue;
                case var refusal:
                    throw await RefuseAsync(refusal, token, device);
            }
        }
        throw new UnavailableException(TimeSpan.FromSeconds(1));
    }

    /// <summary>The order matters: what is over stays merely over, whatever generation comes along.</summary>
    private static Verdict Judge(RefreshToken token, SessionState? state) => state switch
    {
        null or { SecretMatches: false } or { TransportMatches: false } => Verdict.Invalid,
        { Ended: true } => Verdict.Revoked,
        { LifetimeOver: true } => Verdict.Expired,
        { UserLive: false } => Verdict.Revoked,
        _ when token.Generation > state.Generation => Verdict.StateLost,
        _ when token.Generation == state.Generation => state is { WithinLeeway: true, Generation: > 0 } ? Verdict.Current : Verdict.Retry,
        { WithinLeeway: true, SameUserAgent: true } when token.Generation == state.Generation - 1 => Verdict.Current,
        _ => Verdict.Reused,
    };

    private async Task<AuthenticationFailedException> RefuseAsync(Verdict verdict, RefreshToken token, Device device)
    {
        switch (verdict)
        {
            case Verdict.Reused:
                await EndAsync(token, SessionEnd.Reused, device);
                return AuthenticationFailedException.RefreshToken(TokenRejection.Reused);
            case Verdict.StateLost:
                LogStateLost(token.SessionId, token.UserId);
                await EndAsync(token, SessionEnd.StateLost, device);
                return AuthenticationFailedException.RefreshToken(TokenRejection.Revoked);
            case Verdict.Expired:
                return AuthenticationFailedException.RefreshToken(TokenRejection.Expired);
            case Verdict.Revoked:
                return AuthenticationFailedException.RefreshToken(TokenRejection.Revoked);
            default:
                return AuthenticationFailedException.RefreshToken(TokenRejection.Invalid);
        }
    }

    /// <summary>
    /// Committed before anybody is told: an exception inside the transaction would undo the end of a stolen session.
    /// Nor does it end with the request: a thief who hangs up must not be able to call it off.
    /// </summary>
    private async Task EndAsync(RefreshToken token, SessionEnd reason, Device device)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (await db.EndSessionAsync(token.UserId, token.SessionId, reason, CancellationToken.None))
        {
            var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == token.UserId);
            Record(user, token, reason, device);
            await db.SaveChangesAsync();
        }
        await transaction.CommitAsync();
    }

    private void Record(User user, RefreshToken token, SessionEnd reason, Device device)
    {
        if (reason == SessionEnd.Reused)
        {
            notice.Add(SecurityEventKind.RefreshTokenReused, user, token.SessionId, device, new SessionReusedMail());
        }
        else
        {
            events.Add(SecurityEventKind.SessionStateLost, user.Id, token.SessionId, device);
        }
    }

    [LoggerMessage(LogLevel.Critical, "Session {SessionId} of user {UserId} presented a later generation than the database holds: writes have been lost (failover, restored backup). It has been ended.")]
    private partial void LogStateLost(Guid sessionId, Guid userId);
}
