using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Secrets;
using Accounts.Core.Throttling;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social.Completion;

/// <summary>Issues, finds and spends the tickets of <c>email_required</c>.</summary>
public sealed class EmailTickets(AccountsDb db, ShortCodes codes, CodeThrottle throttle)
{
    private const string Alive = "t.used_at IS NULL AND t.expires_at > clock_timestamp() AND t.attempts < {1}";

    /// <summary>Written by itself: the caller throws what it gets, and commits nothing.</summary>
    public async Task<EmailRequiredException> IssueAsync(ExternalProfile profile, CancellationToken cancellation)
    {
        var ticket = OpaqueToken.New();
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO email_tickets (hash, profile) VALUES ({OpaqueToken.Hash(ticket)}, {StoredProfile.Write(profile)}::jsonb)", cancellation);
        return new EmailRequiredException(ticket);
    }

    /// <summary>Locked, for an address to be named.</summary>
    /// <exception cref="RefusedException">unknown, spent, too old or tried too often</exception>
    public async Task<EmailTicket> LockAsync(string ticket, CancellationToken cancellation)
    {
        var statement = $"SELECT {db.ColumnsOf<EmailTicket>("t")} FROM email_tickets t WHERE t.hash = {{0}} AND {Alive} FOR UPDATE";
        return await db.EmailTickets.FromSqlRaw(statement, OpaqueToken.Hash(ticket), EmailTicket.MostAttempts).SingleOrDefaultAsync(cancellation)
            ?? throw MailedTokenStore.Invalid();
    }

    /// <summary>By the token of the mail's link; null where that is good no more.</summary>
    public Task<EmailTicket?> FindAsync(string mailedToken, CancellationToken cancellation)
    {
        var statement = $"SELECT {db.ColumnsOf<EmailTicket>("t")} FROM email_tickets t WHERE t.link_hash = {{0}} AND {Alive}";
        return db.EmailTickets.FromSqlRaw(statement, OpaqueToken.Hash(mailedToken), EmailTicket.MostAttempts).AsNoTracking().SingleOrDefaultAsync(cancellation);
    }

    /// <summary>The try is counted by the statement that reads the ticket, whatever comes of it.</summary>
    /// <exception cref="RefusedException">unknown, spent, too old, tried too often, or no address was named</exception>
    /// <exception cref="AuthenticationFailedException">it is another code</exception>
    /// <exception cref="ThrottledException">too many codes for the address have been wrong</exception>
    public async Task<EmailTicket> ProveAsync(string ticket, string code, CancellationToken cancellation)
    {
        var statement = $$"""
            UPDATE email_tickets t SET attempts = t.attempts + 1
            WHERE t.hash = {0} AND t.code_hash IS NOT NULL AND {{Alive}}
            RETURNING {{db.ColumnsOf<EmailTicket>("t")}}
            """;
        var counted = await db.EmailTickets
            .FromSqlRaw(statement, OpaqueToken.Hash(ticket), EmailTicket.MostAttempts).AsNoTracking().ToListAsync(cancellation);
        var found = counted is [var one] ? one : throw MailedTokenStore.Invalid();
        var fits = await throttle.TryAsync(found.Address, isKnown: false, () => codes.Fits(code, found.Place, found.CodeHash), cancellation);
        return fits ? found : throw AuthenticationFailedException.InvalidCredentials();
    }

    /// <exception cref="RefusedException">somebody has been quicker, or another address has been named meanwhile</exception>
    public async Task SpendAsync(EmailTicket ticket, CancellationToken cancellation)
    {
        var spent = await db.EmailTickets.Where(t => t.Hash == ticket.Hash && t.UsedAt == null && t.CodeHash == ticket.CodeHash)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, _ => AccountsDb.ClockTimestamp()), cancellation);
        if (spent != 1)
        {
            throw MailedTokenStore.Invalid();
        }
    }
}
