using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Registration;
using Accounts.Core.Social.Ownership;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Social.Completion;

/// <summary>Makes the user of an identity whose address a typed code has proved; saved by the caller.</summary>
public sealed class ProvenSignUp(AccountsDb db, IOptions<RegistrationOptions> options, SecurityLog events)
{
    /// <exception cref="PermissionDeniedException">nobody may sign up</exception>
    public User Add(EmailTicket ticket, int attempt, Device device, DateTimeOffset now)
    {
        if (!options.Value.Open)
        {
            throw new PermissionDeniedException(ErrorCode.RegistrationClosed);
        }
        var profile = ticket.Identity;
        var user = User.Register(SuggestedUsername.For(profile, attempt), ticket.Address, profile.FirstName, profile.LastName, now, device.Locale);
        user.Verify(VerifiedBy.Code, now);
        user.AddWay(profile.Provider);
        db.Users.Add(user);
        db.SocialAccounts.Add(SocialAccount.Of(profile, user.Id, now));
        events.Add(SecurityEventKind.Registered, user.Id, null, device);
        events.Add(SecurityEventKind.EmailVerified, user.Id, null, device);
        return user;
    }
}
