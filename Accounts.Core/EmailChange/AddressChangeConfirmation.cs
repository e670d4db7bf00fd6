using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.EmailChange;

/// <summary>
/// Changing the address by the link of a mail to the new one, which proves it. It ends every session but for one that goes on where the
/// link was followed, and the address from before is told.
/// </summary>
public sealed class AddressChangeConfirmation(AccountsDb db, MailedTokenStore tokens, Revocation revocation, AddressMove move, SignInDoor door)
{
    /// <param name="token">of the mailed link</param>
    /// <param name="carried">the refresh or session token of a session that lives and came along; null for none</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>the session that takes the place of the one that came along, where it is the user's own; else null</returns>
    /// <exception cref="RefusedException">the token is unknown, spent, revoked or too old</exception>
    /// <exception cref="ConflictException">somebody has the address by now; the token is not spent</exception>
    public async Task<SignedIn?> ConfirmAsync(string token, CarriedCredential? carried, Device device, CancellationToken cancellation)
    {
        var (found, _) = await tokens.FindAsync(token, TokenPurpose.Change, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await tokens.LockOwnerAsync(found, cancellation);
        await tokens.SpendAsync(found, cancellation);
        var own = await db.OpenSessionAsync(user.Id, carried, cancellation);
        await revocation.RevokeAsync(user, RevocationReason.AddressChanged, device, cancellation);
        await move.MoveAsync(user, EmailAddress.Parse(found.NewEmail!), own?.Id, device, cancellation);
        var signedIn = own is null ? null : await door.ContinueAsync(user, own, device, cancellation);
        await SaveAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return signedIn;
    }

    private async Task SaveAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.IsTakenAddress())
        {
            throw new ConflictException(ErrorCode.EmailTaken);
        }
    }
}
