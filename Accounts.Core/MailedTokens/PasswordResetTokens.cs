using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.MailedTokens;

/// <summary>Finds, spends and revokes the mailed tokens that may set a new password.</summary>
public sealed class PasswordResetTokens(AccountsDb db)
{
    /// <summary>Spends nothing: a password that turns out to be too weak may be corrected.</summary>
    /// <exception cref="RefusedException">none that is unspent and within its life, or its user or that user's address is another by now</exception>
    public async Task<(EmailVerificationToken Token, User User)> FindAsync(string token, CancellationToken cancellation)
    {
        var hash = EmailVerificationToken.Hash(token);
        var found = await (
            from t in db.EmailVerificationTokens.AsNoTracking()
            join u in db.Users.AsNoTracking() on t.UserId equals u.Id
            where t.TokenHash == hash && t.Purpose == VerificationPurpose.Reset && t.UsedAt == null && t.ExpiresAt > AccountsDb.ClockTimestamp()
                && u.Email == t.Email && u.IsActive && u.DeletedAt == null
            select new { Token = t, User = u }).SingleOrDefaultAsync(cancellation) ?? throw VerificationTokens.Invalid();
        return (found.Token, found.User);
    }

    /// <exception cref="RefusedException">somebody has been quicker, or it has expired meanwhile</exception>
    public async Task SpendAsync(EmailVerificationToken token, CancellationToken cancellation)
    {
        var spent = await db.EmailVerificationTokens
            .Where(t => t.Id == token.Id && t.UsedAt == null && t.ExpiresAt > AccountsDb.ClockTimestamp())
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, _ => AccountsDb.ClockTimestamp()), cancellation);
        if (spent != 1)
        {
            throw VerificationTokens.Invalid();
        }
    }

    /// <summary>Leaves room for one more among the links that live side by side.</summary>
    public Task<int> SupersedeAsync(User user, CancellationToken cancellation) => EndAsync(Alive(user)
        .Where(t => t.Purpose == VerificationPurpose.Reset)
        .OrderByDescending(t => t.CreatedAt).ThenByDescending(t => t.Id)
        .Skip(EmailVerificationToken.MostAlive - 1), cancellation);

    /// <summary>
    /// The password is another now: other links that would set one are dead, and so is a change of address that somebody
    /// has begun. What takes such a change back stays: it was mailed to the address from before.
    /// </summary>
    public Task<int> RevokeAsync(User user, CancellationToken cancellation) => EndAsync(
        Alive(user).Where(t => t.Purpose == VerificationPurpose.Reset || t.Purpose == VerificationPurpose.Change), cancellation);

    /// <summary>Of somebody who never proved the address not even that: what was from before was not this owner's.</summary>
    public Task<int> RevokeUndoAsync(User user, CancellationToken cancellation) =>
        EndAsync(Alive(user).Where(t => t.Purpose == VerificationPurpose.Undo), cancellation);

    private IQueryable<EmailVerificationToken> Alive(User user) => db.EmailVerificationTokens
        .Where(t => t.UserId == user.Id && t.UsedAt == null && t.ExpiresAt > AccountsDb.ClockTimestamp());

    private static Task<int> EndAsync(IQueryable<EmailVerificationToken> tokens, CancellationToken cancellation) =>
        tokens.ExecuteUpdateAsync(set => set.SetProperty(t => t.ExpiresAt, _ => AccountsDb.ClockTimestamp()), cancellation);
}
