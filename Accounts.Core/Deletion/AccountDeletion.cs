using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Deletion;

/// <summary>
/// Deleting one's own account. The access token alone, which may be stolen, is not enough. It ends every session at once; what is
/// stored goes later, so that a deletion by somebody else, or in anger, can be taken back by who can sign in.
/// </summary>
public sealed class AccountDeletion(AccountsDb db, OwnerConfirmation confirmation, Revocation revocation, Departure departure, ErasureSignal signal)
{
    /// <param name="password">of who has one; null: a sign-in of a moment ago will do</param>
    /// <param name="live">who asks</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="InvalidInputException">it is not the password</exception>
    /// <exception cref="StepUpRequiredException">no password, and the sign-in was too long ago; or there is a second factor, and no proof by it of a moment ago</exception>
    /// <exception cref="ConflictException">nobody would be left who administers</exception>
    /// <exception cref="ThrottledException">too many wrong passwords before</exception>
    public async Task DeleteAsync(string? password, LiveSession live, Device device, CancellationToken cancellation)
    {
        await ConfirmAsync(password, live, device, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(live.User.Id, live.SessionId, cancellation);
        await db.DemandAnotherAdministratorAsync(user, cancellation);
        await revocation.RevokeAsync(user, RevocationReason.Deleted, device, cancellation);
        await departure.BeginAsync(user, live.SessionId, device, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        signal.Wake();
    }

    private async Task ConfirmAsync(string? password, LiveSession live, Device device, CancellationToken cancellation)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == live.User.Id, cancellation)
            ?? throw AuthenticationFailedException.AccessToken(TokenRejection.Revoked);
        await confirmation.DemandAsync(live, user, password is null ? null : TypedPassword.ToConfirm(password), device, cancellation);
    }
}
