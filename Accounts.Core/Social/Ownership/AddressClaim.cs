using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Registration;
using Accounts.Core.Social.Completion;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Social.Ownership;

/// <summary>What a new identity may do to the account that has its address.</summary>
public enum AddressVerdict
{
    /// <summary>Nothing until somebody proves the account, too.</summary>
    Asks,

    /// <summary>It is connected: the account's own person has proved the address here, and the address is the provider's to give.</summary>
    Connects,

    /// <summary>The account becomes the person's: nobody had proved the address, which is the provider's to give.</summary>
    Reclaims,
}

/// <summary>Whose a new identity is, as far as its address tells.</summary>
public sealed class AddressClaim(
    AccountsDb db, EmailTickets tickets, IOptions<RegistrationOptions> registration, IOptions<ConnectOptions> connect)
{
    /// <summary>Who has the address (null where nobody has it, and a new user may be made), or why no account can come of it whoever has it.</summary>
    public async Task<(User? Holder, AccountsException? Refusal)> HolderAsync(ExternalProfile profile, CancellationToken cancellation)
    {
        // Where sign-up does not tell whether an address is taken, a claim that nobody has checked does not either.
        if (profile.Email is not { } email || (registration.Value.HideExistingAccounts && !profile.EmailVerified))
        {
            return (null, await tickets.IssueAsync(profile, cancellation));
        }
        var holder = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == email.Key, cancellation);
        return holder is null
            ? (null, registration.Value.Open ? null : new PermissionDeniedException(ErrorCode.RegistrationClosed))
            : (holder, await RefusalAsync(holder, profile, cancellation));
    }

    /// <summary>Whoever may be nobody of that address is told nothing of who has it.</summary>
    private async Task<AccountsException?> RefusalAsync(User holder, ExternalProfile profile, CancellationToken cancellation)
    {
        if (!profile.EmailVerified)
        {
            return await tickets.IssueAsync(profile, cancellation);
        }
        return holder.IsLive() ? null : AuthenticationFailedException.InvalidCredentials();
    }

    /// <summary>An account with a role is never touched: what it may do is worth more than its address proves.</summary>
    public AddressVerdict Judge(User holder, ExternalProfile profile) => (profile.IsAuthoritative && holder.Roles.Length == 0, holder.EmailConfirmed) switch
    {
        (true, false) => AddressVerdict.Reclaims,
        (true, true) when connect.Value.ConnectsAuthoritative && IsProvedHere(holder) && !holder.Ways.Contains(profile.Provider) => AddressVerdict.Connects,
        _ => AddressVerdict.Asks,
    };

    /// <summary>By somebody who was at the account and at the mailbox at once; a link that was followed elsewhere may have been a stranger's account.</summary>
    private static bool IsProvedHere(User holder) => holder.VerifiedBy is VerifiedBy.LinkInSameBrowser or VerifiedBy.Code or VerifiedBy.Reset;
}
