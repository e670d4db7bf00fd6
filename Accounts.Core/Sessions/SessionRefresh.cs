using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Sessions;

/// <summary>
/// Refreshing: an access token, and the refresh token that follows the one that was presented. One for all requests: what
/// an alarm needs, a database context above all, is made when there is one, and not for each of the many that go well.
/// <c>docs/sessions.md</c> tells the rule and its reasons.
/// </summary>
public sealed class SessionRefresh(SessionRotation rotation, SessionTokens tokens, IServiceScopeFactory scopes, AccountsMeter meter)
{
    private const int Attempts = 3;

    private enum Verdict
    {
        Invalid,
        Revoked,
        Expired,
        /// <summary>Within the leeway, the current token or its parent: itself once more, and a fresh access token.</summary>
        Itself,
        /// <summary>The row was rotated or became due between the two statements.</summary>
        Retry,
        /// <summary>The token is ahead of its row.</summary>
        Forward,
        Reused,
    }

    /// <param name="presented">the token, and how it came</param>
    /// <param name="device">asked only where an alarm tells of it</param>
    /// <param name="cancellation">the request's</param>
    /// <exception cref="AuthenticationFailedException">with the reason; a session that had to end has ended</exception>
    /// <exception cref="UnavailableException">others kept changing the session</exception>
    public async Task<IssuedTokens> RefreshAsync(PresentedToken presented, Func<Device> device, CancellationToken cancellation)
    {
        var (token, transport) = presented;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await rotation.TryRotateAsync(token, transport, alone: attempt > 0, cancellation) is { } moved)
            {
                return await IssueAsync(token, moved, transport, device);
            }
            var state = await rotation.ReadAsync(token, transport, cancellation);
            switch (Judge(token, state))
            {
                case Verdict.Itself:
                    meter.Refresh("itself");
                    return tokens.Repeat(token, state!.Session, transport);
                case Verdict.Retry:
                    continue;
                case Verdict.Forward:
                    await ForwardAsync(token, transport, device);
                    continue;
                case var refusal:
                    throw await RefuseAsync(refusal, token, device);
            }
        }
        throw new UnavailableException(TimeSpan.FromSeconds(1));
    }

    private async Task<IssuedTokens> IssueAsync(RefreshToken token, Rotation moved, SessionTransport transport, Func<Device> device)
    {
        meter.Refresh(moved.LostAnswers > 0 ? "reissued" : "rotated");
        if (moved.LostAnswers > 0)
        {
            await AlarmAsync(alarm => alarm.TellReissuedAsync(token, moved.LostAnswers, device()));
        }
        return tokens.Issue(token with { Generation = moved.Generation }, moved.Session, transport);
    }

    /// <summary>The order matters: what is over stays merely over, whatever generation comes along.</summary>
    private static Verdict Judge(RefreshToken token, SessionState? state) => state switch
    {
        null or { SecretMatches: false } or { TransportMatches: false } => Verdict.Invalid,
        { Ended: true } => Verdict.Revoked,
        { LifetimeOver: true } => Verdict.Expired,
        { UserLive: false } => Verdict.Revoked,
        _ when token.Generation > state.Generation => token.Generation - state.Generation <= RefreshToken.FurthestAhead ? Verdict.Forward : Verdict.Reused,
        { WithinLeeway: true, Generation: > 0 } when token.Generation == state.Generation || token.Generation == state.Parent => Verdict.Itself,
        _ when token.Generation == state.Parent || token.Generation >= state.FirstChild => Verdict.Retry,
        _ => Verdict.Reused,
    };

    /// <summary>Only once, however many come along: the others find the row as it should be.</summary>
    private async Task ForwardAsync(RefreshToken token, SessionTransport transport, Func<Device> device)
    {
        if (await rotation.TryForwardAsync(token, transport))
        {
            meter.Refresh("forwarded");
            await AlarmAsync(alarm => alarm.TellForwardedAsync(token, device()));
        }
    }

    private async Task<AuthenticationFailedException> RefuseAsync(Verdict verdict, RefreshToken token, Func<Device> device)
    {
        meter.Refresh(SnakeCaseEnum<Verdict>.Word(verdict));
        switch (verdict)
        {
            case Verdict.Reused:
                await AlarmAsync(alarm => alarm.EndReusedAsync(token, device()));
                return AuthenticationFailedException.RefreshToken(TokenRejection.Reused);
            case Verdict.Expired:
                return AuthenticationFailedException.RefreshToken(TokenRejection.Expired);
            case Verdict.Revoked:
                return AuthenticationFailedException.RefreshToken(TokenRejection.Revoked);
            default:
                return AuthenticationFailedException.RefreshToken(TokenRejection.Invalid);
        }
    }

    private async Task AlarmAsync(Func<SessionAlarm, Task> alarm)
    {
        await using var scope = scopes.CreateAsyncScope();
        await alarm(scope.ServiceProvider.GetRequiredService<SessionAlarm>());
    }
}
