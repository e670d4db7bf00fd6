using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Sessions;

/// <summary>
/// Signing out. Any authentic generation of the refresh token will do, but one that a refresh would take for reuse is told as
/// such, too; an access or a session token will do as well. What is unknown, garbage or over already is signed out. Once asked for it is done, even when the page
/// that asked is gone: front ends leave for another page at once, which aborts the request.
/// </summary>
public sealed class Logout(AccountsDb db, SecurityLog events, SessionNotice notice)
{
    public async Task LogoutAsync(SessionCredential token, Device device)
    {
        if (token is RefreshToken refresh && await IsReuseAsync(refresh))
        {
            await EndReusedAsync(refresh, device);
            return;
        }
        await EndAsync(() => db.EndSessionAsync(token, SessionEnd.Logout, CancellationToken.None), () => TellAsync(token.UserId, token.SessionId, device));
    }

    private Task EndReusedAsync(RefreshToken token, Device device)
    {
        User? owner = null;
        return EndAsync(
            async () =>
            {
                owner = await db.LockUserAsync(token.UserId, CancellationToken.None);
                return await db.EndSessionAsync(token, SessionEnd.Reused, CancellationToken.None);
            },
            () => notice.AddReusedAsync(token, owner, device));
    }

    private Task<bool> IsReuseAsync(RefreshToken token)
    {
        var (generation, hash) = (token.Generation, token.SecretHash);
        return LiveSessionRule.Open(db).AnyAsync(s =>
            s.UserId == token.UserId && s.Id == token.SessionId && s.SecretHash == hash && generation != s.ParentGeneration
            && (generation < s.FirstChild || generation > s.Generation + RefreshToken.FurthestAhead));
    }

    /// <param name="userId">whose session it is, from an authentic access token</param>
    public Task LogoutAsync(Guid userId, Guid sessionId, Device device) =>
        EndAsync(() => db.EndSessionAsync(userId, sessionId, SessionEnd.Logout, CancellationToken.None), () => TellAsync(userId, sessionId, device));

    private Task TellAsync(Guid userId, Guid sessionId, Device device)
    {
        events.Add(SecurityEventKind.SignedOut, userId, sessionId, device);
        return Task.CompletedTask;
    }

    private async Task EndAsync(Func<Task<bool>> end, Func<Task> tell)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (await end())
        {
            await tell();
            await db.SaveChangesAsync();
        }
        await transaction.CommitAsync();
    }
}
