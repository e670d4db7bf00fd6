using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social;

/// <summary>The identity that was connected goes, if it still is there.</summary>
internal sealed class ConnectionReversal(AccountsDb db) : IChangeReversal
{
    public SecurityEventKind Kind => SecurityEventKind.SocialAccountConnected;

    public bool GaveWay => true;

    public async Task<string?> UndoAsync(User user, byte[] reverse, CancellationToken cancellation)
    {
        var identity = KeptIdentity.Read(reverse);
        var gone = await db.SocialAccounts
            .Where(a => a.UserId == user.Id && a.Provider == identity.Provider && a.Issuer == identity.Issuer && a.ProviderUid == identity.Uid)
            .ExecuteDeleteAsync(cancellation);
        if (gone == 1)
        {
            user.RemoveWay(identity.Provider);
        }
        return null;
    }
}
