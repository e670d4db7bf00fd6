using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passkeys;

/// <summary>The passkey that was removed comes back, unless it is somebody else's by now.</summary>
internal sealed class PasskeyRemovalReversal(AccountsDb db) : IChangeReversal
{
    public SecurityEventKind Kind => SecurityEventKind.FactorRemoved;

    public bool Takes(byte[] reverse) => KeptPasskey.Is(reverse);

    public async Task<string?> UndoAsync(User user, byte[] reverse, CancellationToken cancellation)
    {
        var kept = KeptPasskey.Read(reverse);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO passkeys (id, user_id, name, credential_id, public_key, counter, transports, aaguid,
              backup_eligible, backed_up, user_verified_at_registration, created_at, last_used_at)
            VALUES ({kept.Id}, {user.Id}, {kept.Name}, {kept.CredentialId}, {kept.PublicKey}, {kept.Counter}, {kept.Transports}, {kept.Aaguid},
              {kept.BackupEligible}, {kept.BackedUp}, {kept.UserVerifiedAtRegistration}, {kept.CreatedAt}, {kept.LastUsedAt})
            ON CONFLICT DO NOTHING
            """, cancellation);
        if (!await db.Passkeys.AnyAsync(p => p.UserId == user.Id && p.CredentialId == kept.CredentialId, cancellation))
        {
            return kept.Name;
        }
        if (!user.Ways.Contains(Passkey.Way))
        {
            user.AddWay(Passkey.Way);
        }
        return null;
    }
}
