using Accounts.Core.SecondFactor;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Recovery;

/// <summary>What who has an account back brings along.</summary>
/// <param name="Address">of before, whose mailbox they read</param>
/// <param name="PasswordHash">of the new password</param>
/// <param name="Factor">the second factor of before; null for none</param>
public sealed record FormerOwner(string Address, string PasswordHash, FactorProof? Factor)
{
    public override string ToString() => nameof(FormerOwner);
}

/// <summary>An account as it was before.</summary>
/// <param name="Kept">what stays out</param>
/// <param name="FactorStays">how long yet a factor stays that was added since; null where none was</param>
public sealed record ReturnedState(string[] Kept, TimeSpan? FactorStays);

/// <summary>The state of before, for who has its second factor, too.</summary>
public sealed class ProvenReturn(FormerState former, RecoveryFactor factor, ClosedCodes closed)
{
    /// <summary>In the caller's transaction, who saves it.</summary>
    public async Task<ReturnedState> BringBackAsync(User user, FormerOwner owner, Device device, CancellationToken cancellation)
    {
        var left = await factor.LeftAsync(user, cancellation);
        var kept = await former.BringBackAsync(user, owner.Address, owner.PasswordHash, device, cancellation);
        return new ReturnedState(kept, left);
    }

    /// <summary>Once it is saved. What throws here takes the caller's transaction back.</summary>
    /// <inheritdoc cref="RecoveryFactor.DemandAsync" path="/exception"/>
    public Task DemandFactorAsync(User user, ReturnedState returned, FormerOwner owner, Device device, CancellationToken cancellation) =>
        factor.DemandAsync(user, returned.FactorStays, owner.Factor, device, cancellation);

    /// <summary>Once the transaction is taken back: that codes are closed by it the owner is to know all the same. Saved by the caller.</summary>
    public void TellClosed() => closed.TellAgain();
}
