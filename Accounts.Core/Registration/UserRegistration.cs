using System.Text.Json.Nodes;
using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailRequests;
using Accounts.Core.Passwords;
using Accounts.Core.Registration.Pending;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Registration;

/// <summary>What a person types to sign up.</summary>
/// <param name="Extra">the extra fields that are filled</param>
public sealed record RegistrationForm(
    Username Username, EmailAddress Email, NewPassword Password, string FirstName, string LastName, IReadOnlyDictionary<string, JsonNode?> Extra)
{
    /// <summary>The token of one; null for none.</summary>
    public string? Invitation { get; init; }

    public override string ToString() => nameof(RegistrationForm);
}

/// <summary>Signing up. Whether a name is free is the unique index's to say, never a look beforehand.</summary>
public sealed class UserRegistration(
    AccountsDb db, NewPasswords passwords, VerificationMail verification, MailThrottle mails, MailRequestQueue requests,
    IOptions<RegistrationOptions> options, SecurityLog events, TimeProvider time)
{
    /// <summary>Before anything of anybody's fields is told.</summary>
    /// <exception cref="PermissionDeniedException">nobody may sign up</exception>
    public void DemandOpen()
    {
        if (!options.Value.Open)
        {
            throw new PermissionDeniedException(ErrorCode.RegistrationClosed);
        }
    }

    /// <returns>the id of the new user, or with HideExistingAccounts that of the sign-up, which is pending whoever has the address</returns>
    /// <exception cref="InvalidInputException">the name or the address is taken</exception>
    /// <exception cref="PermissionDeniedException">nobody may sign up</exception>
    public async Task<Guid> RegisterAsync(RegistrationForm form, Device device, CancellationToken cancellation)
    {
        DemandOpen();
        var user = User.Register(form.Username, form.Email, form.FirstName, form.LastName, time.GetUtcNow(), device.Locale);
        user.Fill(form.Extra);
        user.SetPassword(await passwords.HashAsync(form.Password, user, device, cancellation));
        return options.Value.HideExistingAccounts ? await AddPendingAsync(user, device, cancellation) : await SaveAsync(user, device, cancellation);
    }

    private async Task<Guid> SaveAsync(User user, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Users.Add(user);
        events.Add(SecurityEventKind.Registered, user.Id, null, device);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.IsTaken(out var index))
        {
            await transaction.RollbackAsync(cancellation);
            db.ChangeTracker.Clear();
            throw await TakenFields.OfNewcomerAsync(db.Users, user, index, cancellation);
        }
        await AddMailAsync(user, cancellation);
        await transaction.CommitAsync(cancellation);
        return user.Id;
    }

    /// <summary>Only now: an address that turned out to be taken must not use up its owner's allowance of mails.</summary>
    private async Task AddMailAsync(User user, CancellationToken cancellation)
    {
        if (await mails.AdmitsAsync(MailPurpose.Verification, user.Address, cancellation))
        {
            verification.Add(user, attempt: user.Id);
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>
    /// Nothing here depends on the address: who has it is found out where the mail is made. The name is looked at for the sake of who
    /// signs up, and claimed by who confirms.
    /// </summary>
    private async Task<Guid> AddPendingAsync(User user, Device device, CancellationToken cancellation)
    {
        if (await TakenFields.OfUsernameAsync(db.Users, user, cancellation) is { } taken)
        {
            throw TakenFields.Error(taken, email: false);
        }
        db.PendingSignUps.Add(PendingSignUp.Of(user));
        await db.SaveChangesAsync(cancellation);
        await requests.AskAsync(MailPurpose.SignUp, new AskedMail(user.Address, device, Attempt: user.Id), cancellation);
        return user.Id;
    }
}
