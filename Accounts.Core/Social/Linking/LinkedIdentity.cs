using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Social.Linking;

/// <summary>
/// Connects a link token's identity to its user, who has proved to be one; saved by the caller, who holds the user's row.
/// A mailed code proves the mailbox: where nobody had, or only by a link that was followed elsewhere, the account may have been
/// made by anybody who knows the address, and what was set before goes as it does at a reset; unless it has a second factor, which is asked for then.
/// </summary>
public sealed class LinkedIdentity(AccountsDb db, Revocation revocation, SignInMethods methods, SocialNotice notice, SecurityLog events)
{
    /// <exception cref="AuthenticationFailedException">by a code to an address that proves nobody to be the owner</exception>
    public async Task AddAsync(LinkToken link, User user, LinkProof proof, Device device, CancellationToken cancellation)
    {
        if (proof is LinkByCode && !await db.IsProvedByMailAsync(user, cancellation))
        {
            throw AuthenticationFailedException.InvalidCredentials();
        }
        var now = await db.ReadClockAsync(cancellation);
        if (!user.EmailConfirmed || (proof is LinkByCode && user.MayBeAnothers && methods.FactorsOf(user.Ways).Length == 0))
        {
            await VerifyAsync(link, user, proof, device, now, cancellation);
        }
        var connected = SocialAccount.Of(link, now);
        db.SocialAccounts.Add(connected);
        user.AddWay(link.Provider);
        await notice.ConnectedAsync(user, connected, device, cancellation);
    }

    private async Task VerifyAsync(LinkToken link, User user, LinkProof proof, Device device, DateTimeOffset now, CancellationToken cancellation)
    {
        if (proof is LinkByCode)
        {
            await revocation.RevokeAsync(user, RevocationReason.Disowned, device, cancellation);
            user.Verify(VerifiedBy.Code, now);
        }
        else if (link.MailboxProved)
        {
            user.Verify(VerifiedBy.Code, now);
        }
        else if (Vouches(link, user))
        {
            user.Verify(VerifiedBy.Provider, now);
        }
        else
        {
            return;
        }
        events.Add(SecurityEventKind.EmailVerified, user.Id, null, device);
    }

    /// <summary>Whether the provider says that the user's address is this person's, who has the account besides.</summary>
    private static bool Vouches(LinkToken link, User user) =>
        link is { EmailVerified: true, Email: { } email } && EmailAddress.Parse(email).Key == user.NormalizedEmail;
}
