using System.Buffers.Text;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.SecondFactor;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passkeys;

/// <summary>Passkeys among the factors of a user: listed, named, removed and brought back with the others.</summary>
internal sealed class PasskeyKind(AccountsDb db) : FactorKind
{
    public override string Way => Passkey.Way;

    public override OutgoingMail AddedMail(ListedFactor factor, string link) => new PasskeyAddedMail(InertText.Of(factor.Name), link);

    public override OutgoingMail RemovedMail(ListedFactor factor, string link) => new PasskeyRemovedMail(InertText.Of(factor.Name), link);

    internal static ListedFactor Listed(Passkey passkey) => new(passkey.Id, passkey.Name, passkey.CreatedAt, passkey.LastUsedAt)
    {
        Synced = passkey.BackedUp,
        CredentialId = Base64Url.EncodeToString(passkey.CredentialId),
    };

    public override async Task<ListedFactor[]> ListAsync(Guid userId, CancellationToken cancellation)
    {
        var passkeys = await Of(userId).AsNoTracking().OrderBy(p => p.CreatedAt)
            .Select(p => new { Passkey = p, Handle = db.Users.Where(u => u.Id == userId).Select(u => u.PasskeyHandle).FirstOrDefault() }).ToListAsync(cancellation);
        return [.. passkeys.Select(p => Listed(p.Passkey) with { UserHandle = p.Handle is { } handle ? Base64Url.EncodeToString(handle) : null })];
    }

    public override async Task<bool> RenameAsync(Guid userId, Guid id, string name, CancellationToken cancellation) =>
        await Of(userId).Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, name), cancellation) == 1;

    public override async Task<byte[]?> RemoveAsync(Guid userId, Guid id, CancellationToken cancellation)
    {
        var passkey = await Of(userId).AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellation);
        return passkey is not null && await Of(userId).Where(p => p.Id == id).ExecuteDeleteAsync(cancellation) == 1 ? KeptPasskey.Of(passkey) : null;
    }

    public override async Task<string?> BringBackAsync(Guid userId, byte[] kept, CancellationToken cancellation)
    {
        var passkey = KeptPasskey.Read(kept);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO passkeys (id, user_id, name, credential_id, public_key, counter, transports, aaguid,
              backup_eligible, backed_up, user_verified_at_registration, user_verified_at_use, created_at, last_used_at)
            VALUES ({passkey.Id}, {userId}, {passkey.Name}, {passkey.CredentialId}, {passkey.PublicKey}, {passkey.Counter}, {passkey.Transports}, {passkey.Aaguid},
              {passkey.BackupEligible}, {passkey.BackedUp}, {passkey.UserVerifiedAtRegistration}, {passkey.UserVerifiedAtUse}, {passkey.CreatedAt}, {passkey.LastUsedAt})
            ON CONFLICT DO NOTHING
            """, cancellation);
        return await Of(userId).AnyAsync(p => p.CredentialId == passkey.CredentialId, cancellation) ? null : passkey.Name;
    }

    private IQueryable<Passkey> Of(Guid userId) => db.Passkeys.Where(p => p.UserId == userId);
}
