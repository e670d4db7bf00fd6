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

/// <summary>What a person confirms an address with.</summary>
/// <param name="Password">typed on the page, where a proof besides is asked for; else null</param>
public abstract record VerificationForm(string? Password)
{
    public sealed override string ToString() => nameof(VerificationForm);
}

/// <summary>By the token of the mailed link.</summary>
public sealed record VerificationByLink(string Token, string? Password) : VerificationForm(Password);

/// <summary>By the code of the same mail, and the address that it went to.</summary>
public sealed record VerificationByCode(string Code, EmailAddress Email, string? Password) : VerificationForm(Password);

/// <summary>What ties a browser to the person who registered, as far as a request shows it.</summary>
/// <param name="RegistrationCookie">kept by the browser that registered</param>
/// <param name="SignedInAs">the user of the live session that came along</param>
public sealed record BrowserEvidence(string? RegistrationCookie, Guid? SignedInAs)
{
    /// <summary>Whether it is the browser of the user.</summary>
    public bool IsOf(User user, BrowserProof proofs) =>
        proofs.NameFor(SecretUse.RegistrationCookies, RegistrationCookie, user.Id) is not null || SignedInAs == user.Id;

    public override string ToString() => nameof(BrowserEvidence);
}

/// <summary>
/// Confirming an address by the mailed link or code. A click proves the mailbox, not the password: with
/// <see cref="RegistrationOptions.RequireSameBrowser"/> it takes a proof besides.
/// </summary>
public sealed class EmailVerification(
    AccountsDb db, MailedTokenStore tokens, BrowserProof proofs, PasswordVerification passwords, SecretKeys keys,
    IOptions<RegistrationOptions> options, SecurityLog events)
{
    /// <summary>Also succeeds, and writes nothing, when this token has verified what is still the user's verified address.</summary>
    /// <exception cref="RefusedException">unknown, spent for something else, superseded or expired</exception>
    /// <exception cref="PermissionDeniedException">a proof is required and did not come along</exception>
    public async Task VerifyAsync(VerificationForm form, BrowserEvidence evidence, Device device, CancellationToken cancellation)
    {
        var (token, user) = form switch
        {
            VerificationByLink link => await tokens.FindForVerificationAsync(link.Token, cancellation),
            VerificationByCode code => await FindByCodeAsync(code, cancellation),
            _ => throw new ArgumentOutOfRangeException(nameof(form)),
        };
        if (user.EmailConfirmed && user.Email == token.Email)
        {
            return;
        }
        var sameBrowser = evidence.IsOf(user, proofs);
        if (options.Value.RequireSameBrowser && !sameBrowser)
        {
            await DemandPasswordAsync(form.Password, user, device, cancellation);
        }
        await SaveAsync(token, By(form, sameBrowser), device, cancellation);
    }

    private async Task<FoundToken> FindByCodeAsync(VerificationByCode form, CancellationToken cancellation)
    {
        var candidates = await tokens.CountAttemptAsync(form.Email, cancellation);
        var match = candidates.Find(token => HasCode(token, form.Code)) ?? throw MailedTokenStore.Invalid();
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == match.UserId, cancellation);
        return new FoundToken { Token = match, User = user ?? throw MailedTokenStore.Invalid() };
    }

    private bool HasCode(MailedToken token, string code) => token.CodeHash is { } stored && keys.All.Any(key =>
        CryptographicOperations.FixedTimeEquals(MailedToken.HashCode(key, token.Id, token.Purpose, code), stored));

    private static VerifiedBy By(VerificationForm form, bool sameBrowser) => form switch
    {
        VerificationByCode => VerifiedBy.Code,
        _ when sameBrowser => VerifiedBy.LinkInSameBrowser,
        _ => VerifiedBy.LinkElsewhere,
    };

    private async Task SaveAsync(MailedToken token, VerifiedBy by, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await ConfirmAsync(token, by, cancellation))
        {
            await FinishAsync(token, device, cancellation);
        }
        else if (!await db.Users.AnyAsync(u => u.Id == token.UserId && u.EmailConfirmed && u.Email == token.Email, cancellation))
        {
            throw MailedTokenStore.Invalid();
        }
        await transaction.CommitAsync(cancellation);
    }

    private async Task DemandPasswordAsync(string? password, User user, Device device, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(password))
        {
            throw new PermissionDeniedException(ErrorCode.ConfirmationRequired);
        }
        await passwords.DemandAsync(user, user.NormalizedEmail!, password, device, cancellation);
    }

    /// <summary>Of any number at once, one confirms; the others find the address verified. The user's row first, as everywhere.</summary>
    private async Task<bool> ConfirmAsync(MailedToken token, VerifiedBy by, CancellationToken cancellation) =>
        await db.Users.Live().Where(u => u.Id == token.UserId && u.Email == token.Email).VerifyAsync(by, cancellation) == 1;

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
