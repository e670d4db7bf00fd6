using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passkeys;

/// <summary>
/// Records that a passkey was used, inside the caller's transaction, which stands or falls with it. The counter is compared where it is written:
/// of two copies of one authenticator the one that counts behind is refused.
/// </summary>
public sealed class PasskeyUse(AccountsDb db, SecurityLog events)
{
    /// <param name="proven">by the ceremony</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="AuthenticationFailedException">the counter went back, of which there is an event; or the passkey has been removed meanwhile</exception>
    public async Task RecordAsync(ProvenPasskey proven, Device device, CancellationToken cancellation)
    {
        var (userId, credentialId, counter) = (proven.User.Id, proven.CredentialId, proven.Counter);
        var used = await db.Database.ExecuteSqlAsync($"""
            UPDATE passkeys SET counter = {counter}, backed_up = {proven.BackedUp}, last_used_at = clock_timestamp(),
              user_verified_at_use = user_verified_at_use OR {proven.UserVerified}
            WHERE user_id = {userId} AND credential_id = {credentialId} AND (counter < {counter} OR (counter = 0 AND {counter} = 0))
            """, cancellation);
        if (used == 1)
        {
            return;
        }
        if (await db.Passkeys.AnyAsync(p => p.UserId == userId && p.CredentialId == credentialId, cancellation))
        {
            // Counted, for whoever has the copy may come back; and so outside of the transaction, which is undone.
            events.Count(SecurityEventKind.PasskeyCounterRegressed, userId, device);
        }
        throw AuthenticationFailedException.InvalidCredentials();
    }
}
