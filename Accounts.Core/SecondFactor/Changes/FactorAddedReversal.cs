using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Users;

namespace Accounts.Core.SecondFactor.Changes;

/// <summary>The factor that was added goes, if it still is there; with the last one the recovery codes.</summary>
internal sealed class FactorAddedReversal(UserFactors factors, RecoveryCodes codes) : IChangeReversal
{
    public SecurityEventKind Kind => SecurityEventKind.FactorAdded;

    /// <summary>A passkey is one, and an app keeps others out.</summary>
    public bool GaveWay => true;

    public async Task<string?> UndoAsync(User user, byte[] reverse, CancellationToken cancellation)
    {
        await factors.RemoveAsync(user, KeptFactors.Read(reverse).Id, cancellation);
        if (!factors.HasAny(user))
        {
            await codes.RemoveAsync(user.Id, cancellation);
        }
        return null;
    }
}
