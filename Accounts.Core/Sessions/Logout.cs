using Accounts.Core.Data;
using Accounts.Core.Security;

namespace Accounts.Core.Sessions;

/// <summary>
/// Signing out. Any authentic generation of the refresh token will do and is never taken for reuse; an access token
/// will do too. What is unknown, garbage or over already is signed out.
/// </summary>
public sealed class Logout(AccountsDb db, SecurityLog events)
{
    public Task LogoutAsync(RefreshToken token, Device device, CancellationToken cancellation) =>
        EndAsync(token.UserId, token.SessionId, () => db.EndSessionAsync(token, SessionEnd.Logout, cancellation), device, cancellation);

    /// <param name="userId">whose session it is, from an authentic access token</param>
    public Task LogoutAsync(Guid userId, Guid sessionId, Device device, CancellationToken cancellation) =>
        EndAsync(userId, sessionId, () => db.EndSessionAsync(userId, sessionId, SessionEnd.Logout, cancellation), device, cancellation);

    private async Task EndAsync(Guid userId, Guid sessionId, Func<Task<bool>> end, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await end())
        {
            events.Add(SecurityEventKind.SignedOut, userId, sessionId, device);
            await db.SaveChangesAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }
}
