using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.MailedTokens;

/// <summary>Finds the verification token that somebody presents, with its user.</summary>
public sealed class VerificationTokens(AccountsDb db)
{
    public static RefusedException Invalid() => new(ErrorCode.InvalidToken, "Invalid or expired token");

    /// <exception cref="RefusedException">none within its life, or its user or that user's address is another by now</exception>
    public async Task<(EmailVerificationToken Token, User User)> FindAsync(string token, CancellationToken cancellation)
    {
        var hash = EmailVerificationToken.Hash(token);
        var found = await (
            from t in db.EmailVerificationTokens.AsNoTracking()
            join u in db.Users.AsNoTracking() on t.UserId equals u.Id
            where t.TokenHash == hash && t.Purpose == VerificationPurpose.Verify && t.ExpiresAt > AccountsDb.ClockTimestamp()
                && u.Email == t.Email && u.IsActive && u.DeletedAt == null && (t.UsedAt == null || u.EmailConfirmed)
            select new { Token = t, User = u }).SingleOrDefaultAsync(cancellation) ?? throw Invalid();
        return (found.Token, found.User);
    }

    /// <summary>The tokens whose code may be what was typed. The attempt is counted on each of them by the statement that reads them, whatever comes of it.</summary>
    public Task<List<EmailVerificationToken>> CountAttemptAsync(EmailAddress address, CancellationToken cancellation) =>
        db.EmailVerificationTokens.FromSql($"""
            UPDATE email_verification_tokens t SET attempts = t.attempts + 1
            FROM users u
            WHERE u.email_key = {address.Key} AND u.email = t.email AND u.is_active AND u.deleted_at IS NULL
              AND t.user_id = u.id AND t.purpose = 'verify' AND t.expires_at > clock_timestamp()
              AND t.attempts < {EmailVerificationToken.MostAttempts} AND (t.used_at IS NULL OR u.email_verified)
            RETURNING t.*
            """).AsNoTracking().ToListAsync(cancellation);
}
