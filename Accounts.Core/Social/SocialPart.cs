using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social;

/// <summary>What identity providers add to signing in: each connected identity is a way in.</summary>
internal sealed class SocialPart(AccountsDb db, ProviderTitles titles, SocialNotice notice, ChangeLog changes, SecurityLog events) : ISignInPart
{
    /// <summary>Asked last: what no other feature knows is a provider's name, be it one that is known no more.</summary>
    public SignInMethod? MethodOf(string way) => new(way, titles.TitleOf(way), IsProvider: true) { IsAskedAnew = titles.AsksAnew(way) };

    public async Task RevokeAsync(User user, RevocationReason reason, Device device, CancellationToken cancellation)
    {
        if (reason == RevocationReason.Disowned)
        {
            await RevokeTripsAsync(user, cancellation);
        }
        var identities = await db.SocialAccounts.AsNoTracking().Where(a => a.UserId == user.Id).ToListAsync(cancellation);
        var leaving = identities.FindAll(identity => Leaves(identity, user, reason));
        if (leaving.Count > 0)
        {
            var providers = leaving.ConvertAll(identity => identity.Provider);
            await db.SocialAccounts.Where(a => a.UserId == user.Id && providers.Contains(a.Provider)).ExecuteDeleteAsync(cancellation);
            await TellAsync(user, leaving, reason, device, cancellation);
        }
    }

    /// <summary>What was begun for the account and would still add an identity to it.</summary>
    private async Task RevokeTripsAsync(User user, CancellationToken cancellation)
    {
        await db.LinkTokens.Where(t => t.UserId == user.Id).ExecuteDeleteAsync(cancellation);
        await db.SocialStates.Where(s => s.UserId == user.Id).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>
    /// Whoever proved nothing may have connected an identity of theirs, and so may who made an account that somebody else
    /// confirmed, until a reset shows whose it is. The owner's own are their affair: those of an account that its own
    /// browser or a reset has verified, and those whose provider vouches for this very address.
    /// </summary>
    private static bool Leaves(SocialAccount identity, User user, RevocationReason reason) => reason switch
    {
        RevocationReason.Disowned => true,
        RevocationReason.ConfirmedElsewhere => !identity.VouchesFor(user),
        RevocationReason.PasswordReset => user.VerifiedBy == VerifiedBy.LinkElsewhere && !identity.VouchesFor(user),
        _ => false,
    };

    /// <summary>A reset's own mail says what is connected still; a confirmation has none.</summary>
    private async Task TellAsync(User user, List<SocialAccount> leaving, RevocationReason reason, Device device, CancellationToken cancellation)
    {
        leaving.ForEach(identity => user.RemoveWay(identity.Provider));
        if (reason != RevocationReason.ConfirmedElsewhere)
        {
            events.Add(SecurityEventKind.SocialAccountDisconnected, user.Id, null, device);
            if (reason == RevocationReason.PasswordReset)
            {
                // Whoever has reset it may be a thief, who has moved the account to a mailbox of theirs.
                leaving.ForEach(identity => changes.Add(SecurityEventKind.SocialAccountDisconnected, user, device, KeptIdentity.Of(identity)));
            }
            return;
        }
        foreach (var identity in leaving)
        {
            await notice.DisconnectedAsync(user, identity, device, cancellation);
        }
    }
}
