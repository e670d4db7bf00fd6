using System.Buffers.Text;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passkeys;

/// <summary>A passkey as its user sees it.</summary>
/// <param name="LastUsedAt">null where it was never used</param>
/// <param name="Synced">whether it has been copied to other devices</param>
/// <param name="CredentialId">what the authenticator calls it, by which a page tells the browser that it is gone</param>
public sealed record ListedPasskey(Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, bool Synced, string CredentialId)
{
    internal static ListedPasskey Of(Passkey passkey) => new(
        passkey.Id, passkey.Name, passkey.CreatedAt, passkey.LastUsedAt, passkey.BackedUp, Base64Url.EncodeToString(passkey.CredentialId));
}

/// <summary>The passkeys of a user, and what they call them.</summary>
public sealed class PasskeyList(AccountsDb db, KnownPasskeys passkeys)
{
    /// <summary>Oldest first.</summary>
    public async Task<ListedPasskey[]> ReadAsync(Guid userId, CancellationToken cancellation) => [.. (await passkeys.OfAsync(userId, cancellation)).Select(ListedPasskey.Of)];

    /// <exception cref="NotFoundException">the user has no such passkey</exception>
    public async Task<ListedPasskey> RenameAsync(Guid userId, Guid id, string name, CancellationToken cancellation)
    {
        var own = db.Passkeys.Where(p => p.UserId == userId && p.Id == id);
        await own.ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, name), cancellation);
        return await own.AsNoTracking().SingleOrDefaultAsync(cancellation) is { } renamed ? ListedPasskey.Of(renamed) : throw new NotFoundException();
    }
}
