using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Import;

/// <summary>Somebody who has the id of the other system here.</summary>
/// <param name="User">who</param>
/// <param name="Imported">how they came; null where no import has made them</param>
/// <param name="Identities">the keys of theirs</param>
internal sealed record KnownUser(User User, ImportedUser? Imported, IReadOnlyList<string> Identities)
{
    public PartPrints Prints => new UserState(User, Identities).Prints;
}

internal static class KnownUsers
{
    /// <param name="db">of the import</param>
    /// <param name="legacyIds">of whom</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>by their ids there, as they are at this moment; nobody waits for them</returns>
    public static Task<Dictionary<string, KnownUser>> KnownAsync(this AccountsDb db, string[] legacyIds, CancellationToken cancellation) =>
        KnownAsync(db, db.Users.AsNoTracking().Where(u => legacyIds.Contains(u.LegacyId)), cancellation);

    /// <summary>Inside the caller's transaction, until whose end they stay as they are; the caller may change and save them.</summary>
    public static Task<Dictionary<string, KnownUser>> LockKnownAsync(this AccountsDb db, string[] legacyIds, CancellationToken cancellation) =>
        KnownAsync(db, db.Users.FromSqlRaw(Locking(db), new object[] { legacyIds }), cancellation);

    private static string Locking(AccountsDb db) => $"SELECT {db.ColumnsOf<User>("u")} FROM users u WHERE u.legacy_id = ANY ({{0}}) ORDER BY u.id FOR NO KEY UPDATE";

    private static async Task<Dictionary<string, KnownUser>> KnownAsync(AccountsDb db, IQueryable<User> query, CancellationToken cancellation)
    {
        var users = await query.ToListAsync(cancellation);
        if (users.Count == 0)
        {
            return [];
        }
        var ids = users.ConvertAll(user => user.Id);
        var imported = await db.ImportedUsers.Where(i => ids.Contains(i.UserId)).ToDictionaryAsync(i => i.UserId, cancellation);
        var accounts = await db.SocialAccounts.AsNoTracking().Where(a => ids.Contains(a.UserId))
            .Select(a => new { a.UserId, Key = UserState.Key(a.Provider, a.Issuer, a.ProviderUid) }).ToListAsync(cancellation);
        var identities = accounts.ToLookup(account => account.UserId, account => account.Key);
        return users.ToDictionary(user => user.LegacyId!, user => new KnownUser(user, imported.GetValueOrDefault(user.Id), [.. identities[user.Id]]));
    }
}
