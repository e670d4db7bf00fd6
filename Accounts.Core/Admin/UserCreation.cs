using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Passwords.Reset;
using Accounts.Core.Profile;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Admin;

/// <summary>Whom an administrator makes an account for; the username is there.</summary>
public sealed record NewUserForm(EmailAddress Email, ProfileForm Profile);

/// <summary>
/// Makes an account for somebody, whether or not people may sign up. The mailed link sets its password and verifies the address: nobody else sees
/// either, and until then nobody gets in.
/// </summary>
public sealed class UserCreation(AccountsDb db, PasswordResetMail mail, SecurityLog events)
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(7);

    /// <exception cref="InvalidInputException">the name or the address is taken</exception>
    public async Task<AdministeredUser> CreateAsync(NewUserForm form, Actor actor, CancellationToken cancellation)
    {
        var now = await db.ReadClockAsync(cancellation);
        // However long they take, it is no sign-up that came to nothing.
        var user = User.Register(form.Profile.Username!, form.Email, firstName: "", lastName: "", now, signedUpHere: false);
        user.Describe(form.Profile.FirstName ?? "", form.Profile.LastName ?? "", form.Profile.Locale ?? "");
        user.Fill(form.Profile.Extra);
        db.Users.Add(user);
        var made = AdministeredUser.Of(user, []);
        events.AddAct(SecurityEventKind.UserCreated, user.Id, actor, before: null, made.State().ToJsonString());
        mail.Add(user, LinkLifetime, link => new AccountMadeMail(link, LinkLifetime), now);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.IsTaken(out var index))
        {
            db.ChangeTracker.Clear();
            throw await TakenFields.OfNewcomerAsync(db.Users, user, index, cancellation);
        }
        return made;
    }
}
