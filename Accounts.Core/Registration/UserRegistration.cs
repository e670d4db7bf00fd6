using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Data.Mappings;
using Accounts.Core.Failures;
using Accounts.Core.Notices;
using Accounts.Core.Passwords;
using Accounts.Core.Settings;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Core.Registration;

/// <summary>What a person types to sign up.</summary>
public sealed record RegistrationForm(Username Username, EmailAddress Email, NewPassword Password, string FirstName, string LastName)
{
    public override string ToString() => nameof(RegistrationForm);
}

/// <summary>Signing up. Whether a name is free is the unique index's to say, never a look beforehand.</summary>
public sealed class UserRegistration(
    AccountsDb db, NewPasswords passwords, VerificationMail verification, MailThrottle mails, Notice notice,
    IOptions<RegistrationOptions> options, IOptions<SiteOptions> site, SecurityLog events, TimeProvider time)
{
    private const string UsernameTaken = "A user with that username already exists.";
    private const string EmailTaken = "user with this email already exists.";

    /// <summary>Before anybody's fields are looked at.</summary>
    /// <exception cref="PermissionDeniedException">nobody may sign up</exception>
    public void DemandOpen()
    {
        if (!options.Value.Open)
        {
            throw new PermissionDeniedException(ErrorCode.RegistrationClosed);
        }
    }

    /// <returns>the new user's id; with HideExistingAccounts a made-up one for an address that is taken</returns>
    /// <exception cref="InvalidInputException">the name or the address is taken</exception>
    /// <exception cref="PermissionDeniedException">nobody may sign up</exception>
    public async Task<Guid> RegisterAsync(RegistrationForm form, Device device, CancellationToken cancellation)
    {
        DemandOpen();
        var user = User.Register(form.Username, form.Email, form.FirstName, form.LastName, time.GetUtcNow());
        user.SetPassword(await passwords.HashAsync(form.Password, user, device, cancellation));
        return options.Value.HideExistingAccounts
            ? await UniformTiming.RunAsync(() => SaveAsync(user, device, cancellation), cancellation)
            : await SaveAsync(user, device, cancellation);
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
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } taken)
        {
            await transaction.RollbackAsync(cancellation);
            return await AnswerTakenAsync(user, taken, device, cancellation);
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
            verification.Add(user);
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>The index has decided; looking now only words the answer, for it names one of two fields that may both be taken.</summary>
    private async Task<Guid> AnswerTakenAsync(User user, PostgresException taken, Device device, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var username = taken.ConstraintName == UserMapping.UsernameIndex
            || await db.Users.AnyAsync(u => u.NormalizedUserName == user.NormalizedUserName, cancellation);
        var owner = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == user.NormalizedEmail, cancellation);
        if (!options.Value.HideExistingAccounts)
        {
            throw Taken(username, owner is not null || !username);
        }
        if (username)
        {
            throw Taken(username, email: false);
        }
        await TellOwnerAsync(owner, device, cancellation);
        return Guid.CreateVersion7();
    }

    private static InvalidInputException Taken(bool username, bool email)
    {
        var errors = new FieldErrors();
        if (username)
        {
            errors.Add("username", UsernameTaken);
        }
        if (email)
        {
            errors.Add("email", EmailTaken);
        }
        return new InvalidInputException(errors);
    }

    private async Task TellOwnerAsync(User? owner, Device device, CancellationToken cancellation)
    {
        if (owner is null || !await mails.AdmitsAsync(MailPurpose.RegistrationRepeated, owner.Address, cancellation))
        {
            return;
        }
        var mail = new AccountExistsMail(site.Value.Frontend, $"{site.Value.Origin}/forgot-password");
        notice.Add(SecurityEventKind.RegistrationRepeated, owner, null, device, mail);
        await db.SaveChangesAsync(cancellation);
    }
}
