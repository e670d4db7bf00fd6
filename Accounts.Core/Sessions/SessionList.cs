using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Sessions;

/// <summary>The live sessions of a user, newest first.</summary>
public sealed class SessionList(AccountsDb db, LiveSessionRule rule)
{
    public Task<Session[]> ReadAsync(Guid userId, CancellationToken cancellation)
    {
        var statement = $"SELECT {db.ColumnsOf<Session>("s")} FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.user_id = {{0}} AND {rule.IsLive}";
        return db.Sessions.FromSqlRaw(statement, userId).AsNoTracking().OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id).ToArrayAsync(cancellation);
    }
}
