using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.TrustedDevices;

/// <summary>Ends trust inside the caller's transaction.</summary>
public static class TrustEnding
{
    /// <summary>Every device of the user is asked again. The caller holds the user's row.</summary>
    public static Task<int> TrustNoDeviceAsync(this AccountsDb db, Guid userId, CancellationToken cancellation) =>
        db.TrustedDevices.Where(d => d.UserId == userId).ExecuteDeleteAsync(cancellation);
}
