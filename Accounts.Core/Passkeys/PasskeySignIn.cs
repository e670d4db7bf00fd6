using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SignIn;
using Accounts.Core.SignIn.FactorResets;

namespace Accounts.Core.Passkeys;

/// <summary>Signing in with a passkey and nothing else: the authenticator has verified who it is, so that it counts for two factors.</summary>
public sealed class PasskeySignIn(AccountsDb db, SignInDoor door, PasskeyUse use, WaitingFactorResets resets)
{
    /// <exception cref="AuthenticationFailedException">the counter went back, the passkey has gone meanwhile, or the user is not active</exception>
    /// <exception cref="PermissionDeniedException">the policy refuses them</exception>
    public async Task<SignedIn> SignInAsync(ProvenPasskey proven, SignInRequest request, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // The user's row first, as everywhere.
        var outcome = await door.OpenAsync(new Proof(proven.User, proven.Methods), request, cancellation);
        await use.RecordAsync(proven, request.Device, cancellation);
        await resets.UsedAsync(proven.User, request.Device, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return outcome.Demand();
    }
}
