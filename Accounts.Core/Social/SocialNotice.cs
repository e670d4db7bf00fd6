using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Mail;
using Accounts.Core.Notices;
using Accounts.Core.SignIn;
using Accounts.Core.Social.Ownership;
using Accounts.Core.Social.Withdrawal;
using Accounts.Core.Users;

namespace Accounts.Core.Social;

/// <summary>Tells that an identity was connected or disconnected; saved with the act.</summary>
public sealed class SocialNotice(Notice notice, ChangeNotice changes, ProviderTitles providers, SecurityLog events, MailLinks links)
{
    /// <summary>One mail for all of it: the account is verified, another's than before, and the identity connected.</summary>
    public void Reclaimed(User user, string provider, Device device)
    {
        notice.Add(SecurityEventKind.UserReclaimed, user, null, device, new AccountReclaimedMail(providers.TitleOf(provider)));
        events.Add(SecurityEventKind.EmailVerified, user.Id, null, device);
        events.Add(SecurityEventKind.SocialAccountConnected, user.Id, null, device);
    }

    public Task ConnectedAsync(User user, SocialAccount identity, Device device, CancellationToken cancellation) => changes.AddAsync(
        Change(SecurityEventKind.SocialAccountConnected, user, identity, device), link => new SocialAccountConnectedMail(TitleOf(identity), link), cancellation);

    public Task DisconnectedAsync(User user, SocialAccount identity, Device device, CancellationToken cancellation) => changes.AddAsync(
        Change(SecurityEventKind.SocialAccountDisconnected, user, identity, device), link => new SocialAccountDisconnectedMail(TitleOf(identity), link), cancellation);

    /// <param name="user">who is told</param>
    /// <param name="identity">that the provider has taken away</param>
    /// <param name="left">what the user signs in with now</param>
    /// <param name="device">the provider's</param>
    /// <param name="cancellation">ends the wait</param>
    public Task WithdrawnAsync(User user, SocialAccount identity, List<SignInMethod> left, Device device, CancellationToken cancellation)
    {
        string[] ways = [.. left.Select(way => way.Title)];
        var change = Change(SecurityEventKind.SocialAccountDisconnected, user, identity, device);
        return changes.AddAsync(change, link => new SocialAccountWithdrawnMail(TitleOf(identity), ways, links.ForgotPassword, link), cancellation);
    }

    /// <summary>It stays connected, for there is no other way in: no change, and nothing to undo.</summary>
    public void Kept(User user, SocialAccount identity, Device device) =>
        notice.Add(SecurityEventKind.SocialAccountWithdrawn, user, null, device, new SocialAccountKeptMail(TitleOf(identity)));

    /// <summary>Sessions that the provider alone had opened.</summary>
    public void Ended(User user, List<Guid> sessionIds, Device device) => sessionIds.ForEach(id => events.Add(SecurityEventKind.SessionWithdrawn, user.Id, id, device));

    private string TitleOf(SocialAccount identity) => providers.TitleOf(identity.Provider);

    private static ToldChange Change(SecurityEventKind kind, User user, SocialAccount identity, Device device) =>
        new(kind, user, null, device) { Reverse = KeptIdentity.Of(identity) };
}
