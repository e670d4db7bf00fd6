using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Data.Mappings;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Passwords;
using Accounts.Core.Secrets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Registration.Pending;

/// <summary>
/// Makes a user of a sign-up whose address is being confirmed. What was typed counts in the browser that typed it, whichever of the
/// address's mails was opened in it; elsewhere who reads the mail chooses name and password, for the others may be a stranger's.
/// </summary>
public sealed class SignUpConfirmation(AccountsDb db, NewPasswords passwords, BrowserProof proofs, SecurityLog events, TimeProvider time)
{
    private const string UsernameField = "username", PasswordField = "password";

    private static readonly Sentence Required = "This field is required.";

    /// <summary>The sign-up of this browser, for the address that another's mail has proved; null where it has none.</summary>
    public Task<PendingSignUp?> OwnAsync(PendingSignUp proved, BrowserEvidence evidence, CancellationToken cancellation)
    {
        var own = evidence.RegisteredBy(proofs);
        return db.PendingSignUps.AsNoTracking().Alive().Where(s => own.Contains(s.Id) && s.EmailKey == proved.EmailKey)
            .OrderByDescending(s => s.CreatedAt).FirstOrDefaultAsync(cancellation);
    }

    /// <exception cref="InvalidInputException">name and password are to be chosen, or it is no password for this user</exception>
    /// <exception cref="UnavailableException">too many wait for their passwords</exception>
    public async Task<User> UserOfAsync(PendingSignUp proved, VerificationForm form, BrowserEvidence evidence, Device device, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (await OwnAsync(proved, evidence, cancellation) is { } own)
        {
            var user = own.ToUser(form.Username, now, device.Locale);
            user.Id = own.Id;
            user.SetPassword(own.PasswordHash);
            user.Verify(form is VerificationByCode ? VerifiedBy.Code : VerifiedBy.LinkInSameBrowser, now);
            return user;
        }
        return await ElsewhereAsync(proved.Address, form, device, cancellation);
    }

    /// <summary>Nothing of the other browser's: who signed up in it may be anybody.</summary>
    private async Task<User> ElsewhereAsync(EmailAddress address, VerificationForm form, Device device, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        if (form.Username is null)
        {
            errors.Add(UsernameField, Required);
        }
        if (string.IsNullOrEmpty(form.Password))
        {
            errors.Add(PasswordField, Required);
        }
        errors.ThrowIfAny();
        var user = User.Register(form.Username!, address, firstName: "", lastName: "", time.GetUtcNow(), device.Locale);
        user.ResetPassword(await passwords.HashAsync(new NewPassword(form.Password!, PasswordField), user, device, cancellation), time.GetUtcNow());
        return user;
    }

    /// <summary>To be saved by the caller, and only then to be concluded: whether name and address are free is the unique indexes' to say.</summary>
    /// <exception cref="RefusedException">nothing waits for the address any more</exception>
    public async Task AddAsync(User user, Device device, CancellationToken cancellation)
    {
        if (!await db.LockSignUpsAsync(user.NormalizedEmail!, cancellation))
        {
            throw MailedTokenStore.Invalid();
        }
        db.Users.Add(user);
        events.Add(SecurityEventKind.Registered, user.Id, null, device);
        events.Add(SecurityEventKind.EmailVerified, user.Id, null, device);
    }

    /// <summary>All that waits for the address is over. Its links are the user's, as if each had been followed: following one again says so.</summary>
    /// <exception cref="RefusedException">the token has expired meanwhile</exception>
    public async Task ConcludeAsync(MailedToken token, User user, CancellationToken cancellation)
    {
        if (await SpendAsync(db.MailedTokens.Where(t => t.Id == token.Id && t.ExpiresAt > AccountsDb.ClockTimestamp()), user, cancellation) != 1)
        {
            throw MailedTokenStore.Invalid();
        }
        var over = db.PendingSignUps.Where(s => s.EmailKey == user.NormalizedEmail);
        await SpendAsync(db.MailedTokens.Where(t => over.Any(s => s.Id == t.SignUpId)), user, cancellation);
        await over.ExecuteDeleteAsync(cancellation);
    }

    private static Task<int> SpendAsync(IQueryable<MailedToken> tokens, User user, CancellationToken cancellation) => tokens.ExecuteUpdateAsync(
        set => set.SetProperty(t => t.UserId, user.Id).SetProperty(t => t.SignUpId, (Guid?)null).SetProperty(t => t.Email, user.Email)
            .SetProperty(t => t.UsedAt, _ => AccountsDb.ClockTimestamp()),
        cancellation);

    /// <summary>Why the user could not be saved: the address is somebody's by now, or it is the name that is taken, and then the token stays good.</summary>
    public async Task<AccountsException> TakenAsync(User user, string? index, CancellationToken cancellation) =>
        await db.Users.AnyAsync(u => u.NormalizedEmail == user.NormalizedEmail, cancellation)
            ? MailedTokenStore.Invalid()
            : TakenFields.Error(TakenFields.OfUsername(index) ?? await TakenFields.OfUsernameAsync(db.Users, user, cancellation), email: index == UserMapping.ReservedEmail);
}
