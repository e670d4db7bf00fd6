using Accounts.Core.Data;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.OldTokens;

/// <summary>Finds who an old token signs in: an imported user who lives, has nothing that wants a better proof, and has taken nothing back since.</summary>
public sealed class OldTokenOwners(AccountsDb db, SignInMethods methods)
{
    /// <summary>Locked, in the caller's transaction; null for nobody.</summary>
    public async Task<User?> LockAsync(OldToken old, CancellationToken cancellation)
    {
        var id = await db.Users.Where(u => u.LegacyId == old.LegacyId).Select(u => (Guid?)u.Id).SingleOrDefaultAsync(cancellation);
        return id is { } known && await db.LockUserAsync(known, cancellation) is { } user && IsLetIn(user, old) ? user : null;
    }

    /// <summary>A reset, a change of password and a sign-out everywhere end all sessions, those of before the move among them.</summary>
    private bool IsLetIn(User user, OldToken old) =>
        user.Roles.Length == 0 && methods.FactorsOf(user.Ways).Length == 0 && !(old.IssuedAt <= user.SessionsEndedAt);
}
