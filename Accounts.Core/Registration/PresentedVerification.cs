using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Registration;

/// <summary>Finds the token that somebody confirms an address with, by the mailed link or by the code of the same mail.</summary>
public sealed class PresentedVerification(AccountsDb db, MailedTokenStore tokens, SecretKeys keys)
{
    /// <exception cref="Failures.RefusedException">unknown, spent for something else, superseded or expired</exception>
    public Task<FoundToken> FindAsync(VerificationForm form, CancellationToken cancellation) => form switch
    {
        VerificationByLink link => tokens.FindForVerificationAsync(link.Token, cancellation),
        VerificationByCode code => FindByCodeAsync(code, cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    private async Task<FoundToken> FindByCodeAsync(VerificationByCode form, CancellationToken cancellation)
    {
        var candidates = await tokens.CountAttemptAsync(form.Email, cancellation);
        var match = candidates.Find(token => HasCode(token, form.Code)) ?? throw MailedTokenStore.Invalid();
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == match.UserId, cancellation);
        return new FoundToken { Token = match, User = user ?? throw MailedTokenStore.Invalid() };
    }

    private bool HasCode(MailedToken token, string code) => token.CodeHash is { } stored && keys.All.Any(key =>
        CryptographicOperations.FixedTimeEquals(MailedToken.HashCode(key, token.Id, token.Purpose, code), stored));
}
