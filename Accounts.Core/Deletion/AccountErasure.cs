using Accounts.Core.Audit;
using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Accounts.Core.Deletion;

/// <summary>Takes who has left out of every table, one at a time, and not while a change of the account could still be undone: who deleted it may have been a thief. Address and username are free then; the id is nobody's ever again.</summary>
public sealed class AccountErasure(AccountsDb db, IEnumerable<PersonalData> tables, SecurityLog events)
{
    private const string Due = """
        SELECT u.id AS "Id", u.email AS "Email" FROM users u
        WHERE u.erase_after <= clock_timestamp() AND (u.frozen_until IS NULL OR u.frozen_until <= clock_timestamp())
          AND NOT EXISTS (SELECT FROM account_changes c WHERE c.user_id = u.id AND c.undone_at IS NULL AND c.expires_at > clock_timestamp())
        """;

    private const string Next = $"{Due} ORDER BY u.erase_after LIMIT 1 FOR UPDATE OF u SKIP LOCKED";

    private const string One = $"{Due} AND u.id = {{0}} FOR UPDATE OF u";

    private sealed record Leaver(Guid Id, string Email);

    /// <returns>false where nobody's time is over, or another process is at it</returns>
    public Task<bool> EraseNextAsync(CancellationToken cancellation) => EraseAsync(db.Database.SqlQueryRaw<Leaver>(Next), cancellation);

    /// <summary>One whose time is over.</summary>
    /// <returns>whether there is nobody of that id any more</returns>
    public async Task<bool> EraseAsync(Guid id, CancellationToken cancellation) =>
        await EraseAsync(db.Database.SqlQueryRaw<Leaver>(One, id), cancellation) || !await db.Users.AnyAsync(u => u.Id == id, cancellation);

    private async Task<bool> EraseAsync(IQueryable<Leaver> due, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await due.ToListAsync(cancellation) is not [var leaver])
        {
            return false;
        }
        // The user's own row last: what others hold of it may go with it, and must not before.
        foreach (var table in tables.Where(table => table.Erase is not null).OrderBy(table => table.Table == "users"))
        {
            await db.Database.ExecuteSqlRawAsync(table.Erase!, [new NpgsqlParameter("user", leaver.Id), new NpgsqlParameter("email", leaver.Email)], cancellation);
        }
        events.Add(SecurityEventKind.AccountErased, leaver.Id, null, Device.Nobody);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        db.ChangeTracker.Clear();
        return true;
    }
}
