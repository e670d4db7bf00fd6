using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Invitations;
using Accounts.Core.Passwords;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Registration;

/// <summary>
/// Signing up by an invitation, whether or not people may: who has its token reads the address's mail and chooses the password, so the user is verified at
/// once, as by a reset, and nothing waits where existing accounts are hidden.
/// </summary>
public sealed class InvitedRegistration(AccountsDb db, NewPasswords passwords, InvitationAcceptance invitations, SecurityLog events, TimeProvider time)
{
    /// <exception cref="InvalidInputException">the invitation is not good or for another address, or the name or the address is taken, and then it stays good</exception>
    /// <exception cref="UnavailableException">too many wait for their passwords</exception>
    public async Task RegisterAsync(RegistrationForm form, string token, Device device, CancellationToken cancellation)
    {
        // Before the password is hashed, which costs; whether it still is good then, its deletion says.
        await invitations.DemandAsync(token, form.Email, cancellation);
        var user = User.Register(form.Username, form.Email, form.FirstName, form.LastName, time.GetUtcNow(), device.Locale);
        user.Fill(form.Extra);
        user.ResetPassword(await passwords.HashAsync(form.Password, user, device, cancellation), time.GetUtcNow());
        await SaveAsync(user, token, device, cancellation);
    }

    private async Task SaveAsync(User user, string token, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var invitation = await invitations.TakeAsync(token, user.Address, cancellation);
        db.Users.Add(user);
        events.Add(SecurityEventKind.Registered, user.Id, null, device);
        events.Add(SecurityEventKind.EmailVerified, user.Id, null, device);
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
        await invitations.ConcludeAsync(invitation, user, device, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
