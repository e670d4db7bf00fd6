using System.Net;
using Accounts.Core;
using Accounts.Core.Admin;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;

namespace Accounts.Development.Testing;

/// <summary>What has become of a stolen token's session.</summary>
public sealed record PlayedTheft(Guid UserId, Guid SessionId, string Reason);

/// <summary>
/// Plays the theft of a refresh token: its owner goes on to later ones, and then a thief comes with it. Every step is a refresh, by the rule that
/// holds for all.
/// </summary>
public sealed class TokenTheft(UserDirectory directory, SessionList sessions, StolenTokens tokens, SessionRotation rotation, SessionRefresh refresh)
{
    private const int Attempts = 6;

    private static readonly Device Thief = new(IPAddress.Parse("203.0.113.66"), "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0");

    /// <exception cref="InvalidInputException">there is no such session, or it lives no more</exception>
    /// <exception cref="UnavailableException">somebody else kept refreshing it</exception>
    public async Task<PlayedTheft> PlayAsync(TheftForm form, Device owner, CancellationToken cancellation)
    {
        var session = await FindAsync(form, cancellation);
        await using var stolen = await tokens.OfAsync(session, form.Token, cancellation);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await IsSpentAsync(stolen.Presented, owner, cancellation) && await IsFoundAsync(stolen.Presented, cancellation))
            {
                return new PlayedTheft(session.UserId, session.Id, "reused");
            }
        }
        throw new UnavailableException(TimeSpan.FromSeconds(1));
    }

    private async Task<Session> FindAsync(TheftForm form, CancellationToken cancellation)
    {
        if (form.Token is { } token)
        {
            var live = await sessions.ReadAsync(token.UserId, cancellation);
            return live.FirstOrDefault(one => one.Id == token.SessionId) ?? throw new Whose("refresh_token", "").Refusal("Its session lives no more.");
        }
        var user = await directory.FindAsync(form.Whose!, cancellation);
        var newest = await sessions.ReadAsync(user.Profile.Id, cancellation);
        return newest.FirstOrDefault() ?? throw form.Whose!.Refusal("This user is not signed in.");
    }

    /// <summary>Whether its owner has gone on for two refreshes since; where not, they go on for one.</summary>
    private async Task<bool> IsSpentAsync(PresentedToken stolen, Device owner, CancellationToken cancellation)
    {
        var (token, transport) = stolen;
        var state = await rotation.ReadAsync(token, transport, cancellation);
        if (state is null || (token.Generation < state.FirstChild && token.Generation != state.Parent))
        {
            return true;
        }
        await tokens.LeaveLeewayAsync(token, cancellation);
        await refresh.RefreshAsync(new PresentedToken(token with { Generation = state.Generation }, transport), () => owner, cancellation);
        return false;
    }

    private async Task<bool> IsFoundAsync(PresentedToken stolen, CancellationToken cancellation)
    {
        try
        {
            await refresh.RefreshAsync(stolen, () => Thief, cancellation);
            return false;
        }
        catch (AuthenticationFailedException e) when (e.Reason == TokenRejection.Reused)
        {
            return true;
        }
    }
}
