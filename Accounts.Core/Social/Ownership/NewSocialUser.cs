using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Registration;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.Social.Ownership;

/// <summary>Makes a user of somebody whose address nobody has; saved by the caller.</summary>
public sealed class NewSocialUser(AccountsDb db, VerificationMail verification, MailThrottle mails, SecurityLog events, TimeProvider time)
{
    /// <param name="profile">with an address</param>
    /// <param name="attempt">how many usernames have been taken before</param>
    /// <param name="device">that the request came from</param>
    public User Add(ExternalProfile profile, int attempt, Device device)
    {
        var now = time.GetUtcNow();
        var username = SuggestedUsername.For(profile, attempt);
        var user = User.OfProvider(username, profile.Email!, profile.EmailVerified, profile.FirstName, profile.LastName, now, device.Locale);
        user.AddWay(profile.Provider);
        db.Users.Add(user);
        db.SocialAccounts.Add(SocialAccount.OfSignIn(profile, user.Id, now));
        events.Add(SecurityEventKind.Registered, user.Id, null, device);
        return user;
    }

    /// <summary>Only once the user is saved: an address that turned out to be taken must not use up its owner's allowance of mails.</summary>
    public async Task AskToVerifyAsync(User user, CancellationToken cancellation)
    {
        if (!user.EmailConfirmed && await mails.AdmitsAsync(MailPurpose.Verification, user.Address, cancellation))
        {
            verification.Add(user, attempt: user.Id);
        }
    }
}
