using Accounts.Core.Data;
using Accounts.Core.Failures;

namespace Accounts.Core.Passkeys;

/// <summary>A passkey beside another proof: it counts once it is recorded, whatever becomes of what it was for.</summary>
public sealed class PasskeyFactor(AccountsDb db, PasskeyUse use)
{
    /// <returns>by what it was, for <c>amr</c></returns>
    /// <exception cref="AuthenticationFailedException">the counter went back, or the passkey has gone meanwhile</exception>
    public async Task<string[]> SpendAsync(ProvenPasskey proven, Device device, CancellationToken cancellation)
    {
        await use.RecordAsync(proven, device, cancellation);
        await db.SaveChangesAsync(cancellation);
        return proven.UserVerified ? ["pop", "user"] : ["pop"];
    }
}
