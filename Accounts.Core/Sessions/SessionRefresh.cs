using Accounts.Core.Failures;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Sessions;

/// <summary>
/// Refreshing: an access token, and the refresh token that follows the one that was presented. One for all requests: what
/// an alarm needs, a database context above all, is made when there is one, and not for each of the many that go well.
/// </summary>
public sealed class SessionRefresh(SessionRotation rotation, SessionTokens tokens, IServiceScopeFactory scopes)
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
                await AlarmAsync(alarm => alarm.EndReusedAsync(token, device));
                return AuthenticationFailedException.RefreshToken(TokenRejection.Reused);
            case Verdict.StateLost:
                await AlarmAsync(alarm => alarm.EndLostAsync(token, device));
                return AuthenticationFailedException.RefreshToken(TokenRejection.Revoked);
            case Verdict.Expired:
                return AuthenticationFailedException.RefreshToken(TokenRejection.Expired);
            case Verdict.Revoked:
                return AuthenticationFailedException.RefreshToken(TokenRejection.Revoked);
            default:
                return AuthenticationFailedException.RefreshToken(TokenRejection.Invalid);
        }
    }

    private async Task AlarmAsync(Func<SessionAlarm, Task> end)
    {
        await using var scope = scopes.CreateAsyncScope();
        await end(scope.ServiceProvider.GetRequiredService<SessionAlarm>());
    }
}
