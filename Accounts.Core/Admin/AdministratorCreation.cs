using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Passwords.Reset;
using Accounts.Core.Social.Ownership;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Admin;

/// <summary>Whom an operator has made an administrator.</summary>
/// <param name="User">as they are then</param>
/// <param name="Link">that sets their password, and is dead after the next such act</param>
/// <param name="WasThere">whether there was an account, which is nobody's else any more</param>
public sealed record NewAdministrator(AdministeredUser User, ResetLink Link, bool WasThere);

/// <summary>
/// Makes an administrator by an operator's word: the first one, and one where nobody gets in any more. Whoever has the link it makes chooses the
/// password; nobody else has anything of the account.
/// </summary>
public sealed class AdministratorCreation(AccountsDb db, AdministratorTakeover takeover, PasswordResetMail mail, SecurityLog events)
{
    private const int Attempts = 6;
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(1);

    /// <exception cref="ConflictException">the address was somebody's a few days ago, who may have it back</exception>
    /// <exception cref="InvalidInputException">there is a user of that address who holds as many roles as one may</exception>
    public async Task<NewAdministrator> CreateAsync(EmailAddress address, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                return await TryAsync(address, attempt, cancellation);
            }
            catch (DbUpdateException e) when (e.IsReservedAddress())
            {
                throw new ConflictException(ErrorCode.EmailTaken);
            }
            catch (DbUpdateException e) when (e.IsTaken(out _))
            {
                // Username or address have just been taken; the next look finds out.
                db.ChangeTracker.Clear();
            }
        }
        throw new UnavailableException(TimeSpan.FromSeconds(1));
    }

    private async Task<NewAdministrator> TryAsync(EmailAddress address, int attempt, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = await db.ReadClockAsync(cancellation);
        var there = await db.LockAnyUserAsync(address, cancellation);
        var before = there is null ? null : AdministeredUser.Of(there, []).State();
        var isBack = there is not null && !there.IsLive();
        if (there is not null)
        {
            await takeover.TakeAsync(there, cancellation);
        }
        var user = there ?? await AddAsync(address, attempt, now, cancellation);
        // By nothing but the operator's word.
        user.Verify(by: null, now);
        await db.LockAsync(AdvisoryLock.Administrators, cancellation);
        user.GiveRoles(WithAdministrator(user.Roles));
        var link = mail.Make(user, LinkLifetime, now);
        var made = AdministeredUser.Of(user, []);
        var (was, isNow) = StateChange.Between(before, made.State());
        events.AddAct(there is null ? SecurityEventKind.UserCreated : SecurityEventKind.UserSignedOut, user.Id, Actor.Operator);
        if (isBack)
        {
            events.AddAct(SecurityEventKind.UserActivated, user.Id, Actor.Operator);
        }
        events.AddAct(SecurityEventKind.AdministratorMade, user.Id, Actor.Operator, was, isNow);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new NewAdministrator(made, link, WasThere: there is not null);
    }

    /// <summary>Saved at once: what it may have to wait for, somebody of the same address or name, is waited for before the lock of administrators is taken.</summary>
    private async Task<User> AddAsync(EmailAddress address, int attempt, DateTimeOffset now, CancellationToken cancellation)
    {
        var username = SuggestedUsername.For(address.LocalPart, attempt);
        var user = db.Users.Add(User.Register(username, address, firstName: "", lastName: "", now, signedUpHere: false)).Entity;
        await db.SaveChangesAsync(cancellation);
        return user;
    }

    private static RoleNames WithAdministrator(string[] roles)
    {
        if (RoleNames.TryRead(roles.Append(User.Administrator), out var all, out var mistake))
        {
            return all;
        }
        var errors = new FieldErrors();
        errors.Add("roles", mistake);
        throw new InvalidInputException(errors);
    }
}
