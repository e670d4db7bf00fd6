using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social;

/// <summary>Adding identities to, and removing them from, the user who is signed in. The user's row is locked meanwhile: of two removals at once one finds what the other left.</summary>
public sealed class SocialConnection(AccountsDb db, SignInMethods methods, SocialNotice notice, TimeProvider time)
{
    /// <summary>Repeating it changes nothing.</summary>
    /// <exception cref="PermissionDeniedException">the address is not verified</exception>
    /// <exception cref="ConflictException">the identity is another user's, or this user has another one at the provider</exception>
    public async Task ConnectAsync(LiveSession live, ExternalProfile profile, Device device, CancellationToken cancellation)
    {
        var userId = live.User.Id;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(userId, live.SessionId, cancellation);
        if (!user.EmailConfirmed)
        {
            // Whoever registered somebody else's address would keep a way in after its owner has come.
            throw new PermissionDeniedException(ErrorCode.EmailNotVerified, "Verify your e-mail address first.");
        }
        if (await db.SocialAccounts.Of(profile).AnyAsync(a => a.UserId == userId, cancellation))
        {
            return;
        }
        profile.DemandAll();
        var identity = SocialAccount.Of(profile, userId, time.GetUtcNow());
        db.SocialAccounts.Add(identity);
        user.AddWay(profile.Provider);
        await notice.ConnectedAsync(user, identity, device, cancellation);
        await SaveAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.IsTaken(out _))
        {
            throw Taken();
        }
    }

    internal static ConflictException Taken() => new(ErrorCode.SocialAccountTaken);

    /// <param name="live">who is signed in</param>
    /// <param name="provider">whose identity is removed</param>
    /// <param name="usable">the providers that people can sign in with here</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="NotFoundException">there is none</exception>
    /// <exception cref="ConflictException">without it the user could not sign in any more</exception>
    public async Task DisconnectAsync(LiveSession live, string provider, string[] usable, Device device, CancellationToken cancellation)
    {
        var userId = live.User.Id;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(userId, live.SessionId, cancellation);
        if (!methods.WaysIn(user).Exists(way => way.IsProvider && way.Name == provider))
        {
            throw new NotFoundException();
        }
        if ((await methods.WithoutAsync(user, provider, usable, cancellation)).Count == 0)
        {
            throw new ConflictException(ErrorCode.LastSignInMethod);
        }
        var identity = await db.SocialAccounts.SingleAsync(a => a.UserId == userId && a.Provider == provider, cancellation);
        db.SocialAccounts.Remove(identity);
        user.RemoveWay(provider);
        await notice.DisconnectedAsync(user, identity, device, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
