using Accounts.Core.Failures;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Recovery;

/// <summary>Keeps everybody out of a frozen account: thief and owner both have a right proof.</summary>
internal sealed class FrozenGate : ISignInGate
{
    public GatePlace Place => GatePlace.Frozen;

    public PermissionDeniedException? Refusal(User user) => user.IsFrozen() ? new PermissionDeniedException(ErrorCode.AccountFrozen) { UserId = user.Id } : null;
}
