using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Users;

namespace Accounts.Core.EmailChange;

/// <summary>The address from before comes back, as verified as it was.</summary>
internal sealed class AddressReversal(AccountsDb db) : IChangeReversal
{
    public SecurityEventKind Kind => SecurityEventKind.EmailChanged;

    public async Task<string?> UndoAsync(User user, byte[] reverse, CancellationToken cancellation)
    {
        KeptAddress.Read(reverse).GiveTo(user);
        await db.SaveChangesAsync(cancellation);
        return null;
    }
}
