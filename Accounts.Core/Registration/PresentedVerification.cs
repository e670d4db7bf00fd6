using System.Linq.Expressions;
using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.Registration.Pending;
using Accounts.Core.Secrets;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Registration;

/// <summary>A mailed token that somebody confirms an address with: a user's, or that of a sign-up which waits for it.</summary>
public sealed record FoundVerification
{
    public required MailedToken Token { get; init; }

    /// <summary>Null where there is none yet.</summary>
    public User? User { get; init; }

    /// <summary>Null where there is a user.</summary>
    public PendingSignUp? SignUp { get; init; }
}

/// <summary>Finds the token that somebody confirms an address with, by the mailed link or by the code of the same mail.</summary>
public sealed class PresentedVerification(AccountsDb db, MailedTokenStore tokens, MailedCodes codes, BrowserProof proofs)
{
    private const string OfAddress = $"""
        EXISTS (SELECT FROM users u WHERE u.id = t.user_id AND u.email_key = @email AND u.email = t.email AND {LiveUser.Sql}
                AND (t.used_at IS NULL OR u.email_verified))
        OR EXISTS (SELECT FROM pending_sign_ups s WHERE s.id = t.sign_up_id AND s.email_key = @email AND s.expires_at > clock_timestamp())
        """;

    /// <exception cref="Failures.RefusedException">unknown, spent for something else, superseded or expired</exception>
    public async Task<FoundVerification> FindAsync(string token, CancellationToken cancellation)
    {
        if (await tokens.FindForVerificationAsync(token, cancellation) is { } found)
        {
            return new FoundVerification { Token = found.Token, User = found.User };
        }
        var hash = OpaqueToken.Hash(token);
        return await FindSignUpAsync(t => t.TokenHash == hash && t.ExpiresAt > AccountsDb.ClockTimestamp(), cancellation) ?? throw MailedTokenStore.Invalid();
    }

    /// <summary>Whether the token is one that has made its address a user's verified one: confirming that again is no mistake.</summary>
    public async Task<bool> IsDoneAsync(MailedToken token, CancellationToken cancellation) =>
        await FindDoneAsync(t => t.Id == token.Id, cancellation) is not null;

    /// <inheritdoc cref="FindAsync(string, CancellationToken)"/>
    public Task<FoundVerification> FindAsync(VerificationForm form, BrowserEvidence evidence, CancellationToken cancellation) => form switch
    {
        VerificationByLink link => FindAsync(link.Token, cancellation),
        // Only what somebody has can be tried, and a try is written: the time must not tell.
        VerificationByCode code => UniformTiming.RunAsync(() => FindByCodeAsync(code, evidence.AttemptsOf(proofs), cancellation), cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    private async Task<FoundVerification> FindByCodeAsync(VerificationByCode form, Guid[] attempts, CancellationToken cancellation)
    {
        var candidates = await codes.CountTryAsync(TokenPurpose.Verify, form.Email, attempts, OfAddress, cancellation);
        var match = candidates.Find(token => codes.Fits(token, form.Code)) ?? throw MailedTokenStore.Invalid();
        await codes.TakeBackAsync(match, cancellation);
        if (match.UserId is null)
        {
            return await FindSignUpAsync(t => t.Id == match.Id, cancellation) ?? throw MailedTokenStore.Invalid();
        }
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == match.UserId, cancellation);
        return new FoundVerification { Token = match, User = user ?? throw MailedTokenStore.Invalid() };
    }

    /// <summary>Null where somebody has the address by now; one that is confirmed just now has become a user since the last look.</summary>
    private async Task<FoundVerification?> FindSignUpAsync(Expression<Func<MailedToken, bool>> isMeant, CancellationToken cancellation)
    {
        var found = from t in db.MailedTokens.AsNoTracking().Where(isMeant)
                    join s in db.PendingSignUps.AsNoTracking().Alive() on t.SignUpId equals s.Id
                    where !db.Users.Any(u => u.NormalizedEmail == s.EmailKey)
                    select new FoundVerification { Token = t, SignUp = s };
        return await found.SingleOrDefaultAsync(cancellation) ?? await FindDoneAsync(isMeant, cancellation);
    }

    private Task<FoundVerification?> FindDoneAsync(Expression<Func<MailedToken, bool>> isMeant, CancellationToken cancellation)
    {
        var found = from t in db.MailedTokens.AsNoTracking().Where(isMeant)
                    join u in db.Users.AsNoTracking().Live() on t.UserId equals u.Id
                    where t.Purpose == TokenPurpose.Verify && t.UsedAt != null && u.EmailConfirmed && u.Email == t.Email
                    select new FoundVerification { Token = t, User = u };
        return found.SingleOrDefaultAsync(cancellation);
    }
}
