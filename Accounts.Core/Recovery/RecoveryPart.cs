using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Recovery;

/// <summary>No way in, but links back to one: an account that turns out to be another's is not had back by who had it before, unless they had proved an address of it.</summary>
internal sealed class RecoveryPart(AccountsDb db) : ISignInPart
{
    public SignInMethod? MethodOf(string way) => null;

    public Task RevokeAsync(User user, RevocationReason reason, Device device, CancellationToken cancellation) =>
        reason == RevocationReason.Disowned ? db.AccountChanges.VoidToldAsync(user, cancellation) : Task.CompletedTask;
}
