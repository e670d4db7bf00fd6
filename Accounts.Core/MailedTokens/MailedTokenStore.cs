using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Secrets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Accounts.Core.MailedTokens;

/// <summary>A mailed token that somebody presented, with the user whose address it proves.</summary>
public sealed record FoundToken
{
    public required MailedToken Token { get; init; }

    public required User User { get; init; }

    public void Deconstruct(out MailedToken token, out User user) => (token, user) = (Token, User);
}

/// <summary>Finds, spends and revokes mailed tokens. A token is of no use once its user, or that user's address, is another.</summary>
public sealed class MailedTokenStore(AccountsDb db)
{
    public static RefusedException Invalid() => new(ErrorCode.InvalidToken);

    /// <summary>Spends nothing: what turns out to be wrong besides may be corrected.</summary>
    /// <exception cref="RefusedException">none that is unspent and within its life</exception>
    public async Task<FoundToken> FindAsync(string token, TokenPurpose purpose, CancellationToken cancellation) =>
        await Presented(token, purpose).Where(found => found.Token.UsedAt == null).SingleOrDefaultAsync(cancellation) ?? throw Invalid();

    /// <summary>As <see cref="FindAsync"/>, and one that is spent too while its user's address is verified: following a link twice is no mistake.</summary>
    /// <exception cref="RefusedException">none within its life</exception>
    public async Task<FoundToken> FindForVerificationAsync(string token, CancellationToken cancellation) =>
        await Presented(token, TokenPurpose.Verify).Where(found => found.Token.UsedAt == null || found.User.EmailConfirmed)
            .SingleOrDefaultAsync(cancellation) ?? throw Invalid();

    private IQueryable<FoundToken> Presented(string token, TokenPurpose purpose)
    {
        var hash = OpaqueToken.Hash(token);
        return from t in db.MailedTokens.AsNoTracking()
               join u in db.Users.AsNoTracking().Live() on t.UserId equals u.Id
               where t.TokenHash == hash && t.Purpose == purpose && t.ExpiresAt > AccountsDb.ClockTimestamp() && u.Email == t.Email
               select new FoundToken { Token = t, User = u };
    }

    /// <summary>The tokens whose code may be what was typed. The attempt is counted on each of them by the statement that reads them, whatever comes of it.</summary>
    public Task<List<MailedToken>> CountAttemptAsync(EmailAddress address, CancellationToken cancellation)
    {
        var statement = $"""
            UPDATE email_verification_tokens t SET attempts = t.attempts + 1
            FROM users u
            WHERE u.email_key = @email AND u.email = t.email AND {LiveUser.Sql}
              AND t.user_id = u.id AND t.purpose = 'verify' AND t.expires_at > clock_timestamp()
              AND t.attempts < @most AND (t.used_at IS NULL OR u.email_verified)
            RETURNING {db.ColumnsOf<MailedToken>("t")}
            """;
        return db.MailedTokens
            .FromSqlRaw(statement, new NpgsqlParameter("email", address.Key), new NpgsqlParameter("most", MailedToken.MostAttempts))
            .AsNoTracking().ToListAsync(cancellation);
    }

    /// <exception cref="RefusedException">somebody has been quicker, or it has expired meanwhile</exception>
    public async Task SpendAsync(MailedToken token, CancellationToken cancellation)
    {
        var spent = await db.MailedTokens
            .Where(t => t.Id == token.Id && t.UsedAt == null && t.ExpiresAt > AccountsDb.ClockTimestamp())
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, _ => AccountsDb.ClockTimestamp()), cancellation);
        if (spent != 1)
        {
            throw Invalid();
        }
    }

    /// <summary>Leaves room for one more among the links that live side by side. The caller holds the user's row.</summary>
    public Task<int> SupersedeAsync(User user, TokenPurpose purpose, CancellationToken cancellation) => EndAsync(Alive(user, purpose)
        .OrderByDescending(t => t.CreatedAt).ThenByDescending(t => t.Id)
        .Skip(MailedToken.MostAlive - 1), cancellation);

    public Task<int> RevokeAsync(User user, TokenPurpose purpose, CancellationToken cancellation) => EndAsync(Alive(user, purpose), cancellation);

    /// <summary>As if each had been followed: one that verified what is verified says so when it is followed again.</summary>
    public Task<int> SpendAllAsync(User user, TokenPurpose purpose, CancellationToken cancellation) => Alive(user, purpose)
        .ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, _ => AccountsDb.ClockTimestamp()), cancellation);

    private IQueryable<MailedToken> Alive(User user, TokenPurpose purpose) => db.MailedTokens
        .Where(t => t.UserId == user.Id && t.Purpose == purpose && t.UsedAt == null && t.ExpiresAt > AccountsDb.ClockTimestamp());

    private static Task<int> EndAsync(IQueryable<MailedToken> tokens, CancellationToken cancellation) =>
        tokens.ExecuteUpdateAsync(set => set.SetProperty(t => t.ExpiresAt, _ => AccountsDb.ClockTimestamp()), cancellation);
}
