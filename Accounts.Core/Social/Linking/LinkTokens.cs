using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Secrets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social.Linking;

/// <summary>Finds, counts and spends link tokens. None is of use once its user has changed.</summary>
public sealed class LinkTokens(AccountsDb db)
{
    /// <summary>The try is counted by the statement that reads the token, whatever comes of it.</summary>
    /// <exception cref="RefusedException">unknown, spent, too old or tried too often, or its user has changed since</exception>
    public async Task<(LinkToken Link, User User)> CountAttemptAsync(string token, CancellationToken cancellation)
    {
        var statement = $$"""
            UPDATE link_tokens t SET attempts = t.attempts + 1
            WHERE t.hash = {0} AND t.used_at IS NULL AND t.expires_at > clock_timestamp() AND t.attempts < {1}
            RETURNING {{db.ColumnsOf<LinkToken>("t")}}
            """;
        var counted = await db.LinkTokens.FromSqlRaw(statement, OpaqueToken.Hash(token), LinkToken.MostAttempts).AsNoTracking().ToListAsync(cancellation);
        var link = counted is [var one] ? one : throw MailedTokenStore.Invalid();
        return (link, await UserOfAsync(link, cancellation) ?? throw MailedTokenStore.Invalid());
    }

    /// <summary>Null where they have changed since.</summary>
    public Task<User?> UserOfAsync(LinkToken link, CancellationToken cancellation) =>
        db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == link.UserId && u.SecurityStamp == link.SecurityStamp, cancellation);

    /// <summary>Null where it is good for nothing any more.</summary>
    public Task<LinkToken?> FindAsync(string token, CancellationToken cancellation)
    {
        var hash = OpaqueToken.Hash(token);
        return Alive(hash).AsNoTracking().SingleOrDefaultAsync(cancellation);
    }

    /// <summary>A new code takes the place of the one before, and has the token's 10 minutes anew; wrong tries stay counted.</summary>
    /// <returns>whether the token was still alive</returns>
    public async Task<bool> KeepAsync(LinkToken link, byte[] codeHash, DateTimeOffset until, CancellationToken cancellation) =>
        await Alive(link.Hash).ExecuteUpdateAsync(set => set.SetProperty(t => t.CodeHash, codeHash).SetProperty(t => t.ExpiresAt, until), cancellation) == 1;

    /// <exception cref="RefusedException">somebody has been quicker</exception>
    public async Task SpendAsync(LinkToken link, CancellationToken cancellation)
    {
        var spent = await db.LinkTokens.Where(t => t.Hash == link.Hash && t.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, _ => AccountsDb.ClockTimestamp()), cancellation);
        if (spent != 1)
        {
            throw MailedTokenStore.Invalid();
        }
    }

    private IQueryable<LinkToken> Alive(byte[] hash) => db.LinkTokens
        .Where(t => t.Hash == hash && t.UsedAt == null && t.ExpiresAt > AccountsDb.ClockTimestamp() && t.Attempts < LinkToken.MostAttempts);
}
