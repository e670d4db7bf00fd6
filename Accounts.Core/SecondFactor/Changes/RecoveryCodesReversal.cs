using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Users;

namespace Accounts.Core.SecondFactor.Changes;

/// <summary>The recovery codes of before come back in place of the new ones.</summary>
internal sealed class RecoveryCodesReversal(RecoveryCodes codes) : IChangeReversal
{
    public SecurityEventKind Kind => SecurityEventKind.RecoveryCodesMade;

    public async Task<string?> UndoAsync(User user, byte[] reverse, CancellationToken cancellation)
    {
        await codes.BringBackAsync(user.Id, KeptFactors.Read(reverse).Codes, cancellation);
        return null;
    }
}
