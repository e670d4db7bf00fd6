using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Secrets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>As <see cref="FindAsync"/>, of who is leaving.</summary>
    /// <exception cref="RefusedException">none that is unspent and within its life</exception>
    public async Task<FoundToken> FindForErasureAsync(string token, CancellationToken cancellation) =>
        await Presented(token, TokenPurpose.Erase, db.Users.Leaving()).Where(found => found.Token.UsedAt == null).SingleOrDefaultAsync(cancellation) ?? throw Invalid();

    /// <summary>As <see cref="FindAsync"/>, and one that is spent too while its user's address is verified: following a link twice is no mistake.</summary>
    /// <returns>null for none of a user within its life</returns>
    public Task<FoundToken?> FindForVerificationAsync(string token, CancellationToken cancellation) =>
        Presented(token, TokenPurpose.Verify).Where(found => found.Token.UsedAt == null || found.User.EmailConfirmed).SingleOrDefaultAsync(cancellation);

    /// <summary>One that ends a session, spent or not, and whatever the user's address is by now: who has got into an account cannot take the link away by changing it.</summary>
    /// <exception cref="RefusedException">none within its life</exception>
    public async Task<MailedToken> FindForDisowningAsync(string token, CancellationToken cancellation)
    {
        var hash = OpaqueToken.Hash(token);
        return await db.MailedTokens.AsNoTracking().SingleOrDefaultAsync(
            t => t.TokenHash == hash && t.Purpose == TokenPurpose.Disown && t.ExpiresAt > AccountsDb.ClockTimestamp(), cancellation) ?? throw Invalid();
    }

    /// <summary>One that has a frozen account back, unspent, whatever the user's address is by now, and whether they live.</summary>
    /// <exception cref="RefusedException">none within its life</exception>
    public async Task<FoundToken> FindForRecoveryAsync(string token, CancellationToken cancellation)
    {
        var hash = OpaqueToken.Hash(token);
        var found = from t in db.MailedTokens.AsNoTracking()
                    join u in db.Users.AsNoTracking().Frozen() on t.UserId equals u.Id
                    where t.TokenHash == hash && t.Purpose == TokenPurpose.Recover && t.UsedAt == null && t.ExpiresAt > AccountsDb.ClockTimestamp()
                    select new FoundToken { Token = t, User = u };
        return await found.SingleOrDefaultAsync(cancellation) ?? throw Invalid();
    }

    /// <summary>One that signs in, unspent, whether anybody has its address or not.</summary>
    /// <exception cref="RefusedException">none within its life</exception>
    public async Task<MailedToken> FindForSignInAsync(string token, CancellationToken cancellation)
    {
        var hash = OpaqueToken.Hash(token);
        return await Alive().AsNoTracking().SingleOrDefaultAsync(t => t.TokenHash == hash && t.Purpose == TokenPurpose.SignIn, cancellation) ?? throw Invalid();
    }

    private IQueryable<FoundToken> Presented(string token, TokenPurpose purpose) => Presented(token, purpose, db.Users.Live());

    private IQueryable<FoundToken> Presented(string token, TokenPurpose purpose, IQueryable<User> users)
    {
        var hash = OpaqueToken.Hash(token);
        return from t in db.MailedTokens.AsNoTracking()
               join u in users.AsNoTracking() on t.UserId equals u.Id
               where t.TokenHash == hash && t.Purpose == purpose && t.ExpiresAt > AccountsDb.ClockTimestamp() && u.Email == t.Email
               select new FoundToken { Token = t, User = u };
    }

    /// <summary>The user's row first, as everywhere: of several changes and resets at once one finds the token unspent.</summary>
    /// <exception cref="RefusedException">the user does not live, or has another address by now</exception>
    public async Task<User> LockOwnerAsync(MailedToken token, CancellationToken cancellation) =>
        await db.LockUserAsync(token.UserId!.Value, cancellation) is { } user && user.Email == token.Email ? user : throw Invalid();

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

    /// <summary>One that has made its address a user's is theirs from now on, and goes with them.</summary>
    public Task<int> GiveAsync(MailedToken token, User user, CancellationToken cancellation) => db.MailedTokens
        .Where(t => t.Id == token.Id && t.UserId == null).ExecuteUpdateAsync(set => set.SetProperty(t => t.UserId, user.Id), cancellation);

    /// <summary>One that was found before, by itself or by its code.</summary>
    /// <exception cref="RefusedException">it is spent or revoked by now, or too old</exception>
    public async Task<FoundToken> FindAgainAsync(MailedToken token, CancellationToken cancellation)
    {
        var found = from t in Alive().AsNoTracking()
                    join u in db.Users.Live().AsNoTracking() on t.UserId equals u.Id
                    where t.Id == token.Id && u.Email == t.Email
                    select new FoundToken { Token = t, User = u };
        return await found.SingleOrDefaultAsync(cancellation) ?? throw Invalid();
    }

    /// <summary>Leaves room for one more among the links that live side by side, whoever asked for them. The caller holds the user's row.</summary>
    public Task<int> SupersedeAsync(User user, TokenPurpose purpose, CancellationToken cancellation) => SupersedeAsync(Alive(user, purpose), cancellation);

    /// <summary>
    /// Leaves room for one more among the links that live side by side, of those that one browser has had mailed: what others ask for ends none
    /// of its own. The caller holds the user's row.
    /// </summary>
    public Task<int> SupersedeAsync(User user, TokenPurpose purpose, Guid? attempt, CancellationToken cancellation) =>
        SupersedeAsync(Alive(user, purpose).Where(t => t.AttemptId == attempt), cancellation);

    /// <summary>The same of a sign-up that is pending.</summary>
    public Task<int> SupersedeAsync(Guid signUp, Guid? attempt, CancellationToken cancellation) =>
        SupersedeAsync(Alive().Where(t => t.SignUpId == signUp && t.AttemptId == attempt), cancellation);

    /// <summary>The same of an address that nobody has.</summary>
    public Task<int> SupersedeAsync(EmailAddress address, TokenPurpose purpose, Guid? attempt, CancellationToken cancellation) =>
        SupersedeAsync(Alive().Where(t => t.UserId == null && t.EmailKey == address.Key && t.Purpose == purpose && t.AttemptId == attempt), cancellation);

    private static Task<int> SupersedeAsync(IQueryable<MailedToken> alive, CancellationToken cancellation) => EndAsync(
        alive.OrderByDescending(t => t.CreatedAt).ThenByDescending(t => t.Id).Skip(MailedToken.MostAlive - 1), cancellation);

    public Task<int> RevokeAsync(User user, TokenPurpose purpose, CancellationToken cancellation) => EndAsync(Alive(user, purpose), cancellation);

    /// <summary>As if each had been followed: one that verified what is verified says so when it is followed again.</summary>
    public Task<int> SpendAllAsync(User user, TokenPurpose purpose, CancellationToken cancellation) => Alive(user, purpose)
        .ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, _ => AccountsDb.ClockTimestamp()), cancellation);

    private IQueryable<MailedToken> Alive(User user, TokenPurpose purpose) => Alive().Where(t => t.UserId == user.Id && t.Purpose == purpose);

    private IQueryable<MailedToken> Alive() => db.MailedTokens.Where(t => t.UsedAt == null && t.ExpiresAt > AccountsDb.ClockTimestamp());

    private static Task<int> EndAsync(IQueryable<MailedToken> tokens, CancellationToken cancellation) =>
        tokens.ExecuteUpdateAsync(set => set.SetProperty(t => t.ExpiresAt, _ => AccountsDb.ClockTimestamp()), cancellation);
}
