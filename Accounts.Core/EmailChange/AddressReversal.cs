using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.EmailChange;

/// <summary>The address from before comes back, as verified as it was, unless it is somebody else's by now.</summary>
internal sealed class AddressReversal(AccountsDb db) : IChangeReversal
{
    public SecurityEventKind Kind => SecurityEventKind.EmailChanged;

    public async Task<string?> UndoAsync(User user, byte[] reverse, CancellationToken cancellation)
    {
        var (now, before) = (KeptAddress.Of(user), KeptAddress.Read(reverse));
        before.GiveTo(user);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateException e) when (e.IsTakenAddress())
        {
            // The transaction is where it was before the statement.
            now.GiveTo(user);
            return EmailAddress.Parse(before.Email).Masked;
        }
    }
}
