using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SignIn.FactorResets;

/// <summary>Calls off a reset inside the caller's transaction. Of two that end the same one, one has done so.</summary>
public static class FactorResetEnding
{
    /// <returns>whether there was one</returns>
    public static async Task<bool> EndFactorResetAsync(this AccountsDb db, Guid userId, CancellationToken cancellation) =>
        await db.FactorResets.Where(r => r.UserId == userId).ExecuteDeleteAsync(cancellation) == 1;
}
