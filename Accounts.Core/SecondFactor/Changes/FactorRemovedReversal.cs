using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Users;

namespace Accounts.Core.SecondFactor.Changes;

/// <summary>The factor that was removed comes back, unless it is somebody else's by now, and the recovery codes that went with it.</summary>
internal sealed class FactorRemovedReversal(UserFactors factors, RecoveryCodes codes) : IChangeReversal
{
    public SecurityEventKind Kind => SecurityEventKind.FactorRemoved;

    public async Task<string?> UndoAsync(User user, byte[] reverse, CancellationToken cancellation)
    {
        var kept = KeptFactors.Read(reverse);
        var staysOut = await factors.BringBackAsync(user, kept.Way, kept.Kept, cancellation);
        if (kept.Codes.Length > 0 && factors.HasAny(user))
        {
            await codes.BringBackAsync(user.Id, kept.Codes, cancellation);
        }
        return staysOut;
    }
}
