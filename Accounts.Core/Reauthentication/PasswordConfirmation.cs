using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Reauthentication;

/// <summary>The password, typed once more for one act of who is signed in: it counts for that act, and the session stays as it is.</summary>
public sealed class PasswordConfirmation(AccountsDb db, OwnerConfirmation confirmation)
{
    /// <exception cref="InvalidInputException">it is not the password</exception>
    /// <exception cref="StepUpRequiredException">there is a second factor, and no proof by it of a moment ago</exception>
    /// <exception cref="ThrottledException">too many wrong passwords before</exception>
    public async Task DemandAsync(string password, LiveSession live, Device device, CancellationToken cancellation)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == live.User.Id, cancellation)
            ?? throw AuthenticationFailedException.AccessToken(TokenRejection.Revoked);
        await confirmation.DemandAsync(live, user, TypedPassword.ToConfirm(password), device, cancellation);
        // Word to the owner that so many have failed before.
        await db.SaveChangesAsync(cancellation);
    }
}
