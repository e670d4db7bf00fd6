using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn.FactorResets;

/// <summary>No way in. Who has left could not use a factor while it waits, and of an account that nobody had proved the factors go with what is revoked.</summary>
internal sealed class FactorResetPart(AccountsDb db, SecurityLog events) : ISignInPart
{
    public SignInMethod? MethodOf(string way) => null;

    public async Task RevokeAsync(User user, RevocationReason reason, Device device, CancellationToken cancellation)
    {
        if (Ends(user, reason) && await db.EndFactorResetAsync(user.Id, cancellation))
        {
            events.Add(SecurityEventKind.UserFactorResetCancelled, user.Id, null, Device.Nobody);
        }
    }

    private static bool Ends(User user, RevocationReason reason) => reason == RevocationReason.Deleted || (reason == RevocationReason.Disowned && !user.EmailConfirmed);
}
