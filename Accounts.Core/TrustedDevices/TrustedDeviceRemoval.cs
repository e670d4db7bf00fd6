using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.TrustedDevices;

/// <summary>Trusting a device no more: there the user is asked again. Sessions stay.</summary>
public sealed class TrustedDeviceRemoval(AccountsDb db, SecurityLog events)
{
    /// <exception cref="NotFoundException">it is not one of this user's</exception>
    public async Task RemoveAsync(Guid userId, Guid id, Device asking, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.TrustedDevices.Where(d => d.UserId == userId && d.Id == id).ExecuteDeleteAsync(cancellation) == 0)
        {
            throw new NotFoundException();
        }
        events.Add(SecurityEventKind.TrustedDeviceRemoved, userId, null, asking);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
