using System.Security.Cryptography;
using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Passwords;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Registration;

/// <summary>What ties the opener of a verification link to the person who registered, as far as the request shows it.</summary>
/// <param name="RegistrationCookie">kept by the browser that registered</param>
/// <param name="SignedInAs">the user of the live session that came along</param>
/// <param name="Password">typed on the page</param>
public sealed record VerificationProof(string? RegistrationCookie, Guid? SignedInAs, string? Password)
{
    public override string ToString() => nameof(VerificationProof);
}

/// <summary>
/// Confirming an address by the mailed link or code. A click proves the mailbox, not the password: with
/// <see cref="RegistrationOptions.RequireSameBrowser"/> it takes a proof besides.
/// </summary>
public sealed class EmailVerification(
    AccountsDb db, MailedTokenStore tokens, BrowserProof proofs, PasswordCheck passwords, SecretKeys keys,
    IOptions<RegistrationOptions> options, SecurityLog events)
{
    /// <summary>Also succeeds, and writes nothing, when this token has verified what is still the user's verified address.</summary>
    /// <exception cref="RefusedException">unknown, spent for something else, superseded or expired</exception>
    /// <exception cref="PermissionDeniedException">a proof is required and did not come along</exception>
    public async Task VerifyAsync(string token, VerificationProof proof, Device device, CancellationToken cancellation)
    {
        var (found, user) = await tokens.FindForVerificationAsync(token, cancellation);
        await VerifyAsync(found, user, proof, device, cancellation);
    }

    /// <inheritdoc cref="VerifyAsync(string, VerificationProof, Device, CancellationToken)"/>
    public async Task VerifyByCodeAsync(EmailAddress address, string code, VerificationProof proof, Device device, CancellationToken cancellation)
    {
        var candidates = await tokens.CountAttemptAsync(address, cancellation);
        var match = candidates.Find(t => HasCode(t, code)) ?? throw MailedTokenStore.Invalid();
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == match.UserId, cancellation)
            ?? throw MailedTokenStore.Invalid();
        await VerifyAsync(match, user, proof, device, cancellation);
    }

    private bool HasCode(MailedToken token, string code) => token.CodeHash is { } stored && keys.All.Any(key =>
        CryptographicOperations.FixedTimeEquals(MailedToken.HashCode(key, token.Id, token.Purpose, code), stored));

    private async Task VerifyAsync(MailedToken token, User user, VerificationProof proof, Device device, CancellationToken cancellation)
    {
        if (user.EmailConfirmed && user.Email == token.Email)
        {
            return;
        }
        if (options.Value.RequireSameBrowser)
        {
            await DemandAsync(proof, user, device, cancellation);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await ConfirmAsync(token, cancellation))
        {
            await FinishAsync(token, device, cancellation);
        }
        else if (!await db.Users.AnyAsync(u => u.Id == token.UserId && u.EmailConfirmed && u.Email == token.Email, cancellation))
        {
            throw MailedTokenStore.Invalid();
        }
        await transaction.CommitAsync(cancellation);
    }

    private async Task DemandAsync(VerificationProof proof, User user, Device device, CancellationToken cancellation)
    {
        if (proofs.NameFor(SecretUse.RegistrationCookies, proof.RegistrationCookie, user.Id) is not null || proof.SignedInAs == user.Id)
        {
            return;
        }
        if (string.IsNullOrEmpty(proof.Password))
        {
            throw new PermissionDeniedException(ErrorCode.ConfirmationRequired);
        }
        await passwords.DemandAsync(user, user.NormalizedEmail!, proof.Password, device, cancellation);
    }

    /// <summary>Of any number at once, one confirms; the others find the address verified. The user's row first, as everywhere.</summary>
    private async Task<bool> ConfirmAsync(MailedToken token, CancellationToken cancellation) => await db.Users
        .Live().Where(u => u.Id == token.UserId && u.Email == token.Email && !u.EmailConfirmed)
        .ExecuteUpdateAsync(set => set.SetProperty(u => u.EmailConfirmed, true), cancellation) == 1;

    private async Task FinishAsync(MailedToken token, Device device, CancellationToken cancellation)
    {
        await tokens.SpendAsync(token, cancellation);
        if (options.Value.RequireSameBrowser)
        {
            await db.EndAllSessionsAsync(token.UserId, SessionEnd.UserEnded, except: null, cancellation);
        }
        events.Add(SecurityEventKind.EmailVerified, token.UserId, null, device);
        await db.SaveChangesAsync(cancellation);
    }
}
