using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passkeys;

/// <summary>The passkey that was added goes, if it still is there.</summary>
internal sealed class PasskeyAdditionReversal(AccountsDb db) : IChangeReversal
{
    public SecurityEventKind Kind => SecurityEventKind.FactorAdded;

    public bool GaveWay => true;

    public bool Takes(byte[] reverse) => KeptPasskey.Is(reverse);

    public async Task<string?> UndoAsync(User user, byte[] reverse, CancellationToken cancellation)
    {
        var kept = KeptPasskey.Read(reverse);
        await db.Passkeys.Where(p => p.UserId == user.Id && p.CredentialId == kept.CredentialId).ExecuteDeleteAsync(cancellation);
        if (!await db.Passkeys.AnyAsync(p => p.UserId == user.Id, cancellation))
        {
            user.RemoveWay(Passkey.Way);
        }
        return null;
    }
}
