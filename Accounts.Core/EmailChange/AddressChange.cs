using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailRequests;
using Accounts.Core.Passwords;
using Accounts.Core.Sessions;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.EmailChange;

/// <summary>The address to be, and the password or null.</summary>
public sealed record AddressChangeForm(EmailAddress NewEmail, string? Password)
{
    public override string ToString() => nameof(AddressChangeForm);
}

/// <summary>
/// Asks for a change of the address of who is signed in, which the new address's mail confirms. The access token alone, which may be
/// stolen, is not enough: it takes the password, or a sign-in of a moment ago. Who has the address is not looked up here.
/// </summary>
public sealed class AddressChange(AccountsDb db, OwnerConfirmation confirmation, MailRequestQueue requests)
{
    /// <exception cref="InvalidInputException">it is not the password</exception>
    /// <exception cref="StepUpRequiredException">no password, and the sign-in was too long ago; or there is a second factor, and no proof by it of a moment ago</exception>
    /// <exception cref="ThrottledException">too many wrong passwords before</exception>
    /// <exception cref="UnavailableException">too many wait, whatever the address</exception>
    public async Task AskAsync(AddressChangeForm form, LiveSession live, Device device, CancellationToken cancellation)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == live.User.Id, cancellation);
        var epoch = await db.Sessions.Where(s => s.UserId == live.User.Id && s.Id == live.SessionId).Select(s => (long?)s.Epoch).SingleOrDefaultAsync(cancellation);
        if (user is null || epoch is null)
        {
            throw AuthenticationFailedException.AccessToken(TokenRejection.Revoked);
        }
        var typed = user.HasPassword && form.Password is { } password ? TypedPassword.ToConfirm(password) : null;
        await confirmation.DemandAsync(live, user, typed, device, cancellation);
        // Word to the owner that so many have failed before.
        await db.SaveChangesAsync(cancellation);
        var asked = new AskedMail(form.NewEmail, device, Attempt: null) { Asker = new MailAsker(user.Id, epoch.Value) };
        await requests.AskAsync(MailPurpose.Change, asked, cancellation);
    }
}
