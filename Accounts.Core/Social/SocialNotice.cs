using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Notices;
using Accounts.Core.Social.Ownership;
using Accounts.Core.Users;

namespace Accounts.Core.Social;

/// <summary>Tells that an identity was connected or disconnected; saved with the act.</summary>
public sealed class SocialNotice(Notice notice, ProviderTitles providers, SecurityLog events, ChangeLog changes)
{
    /// <summary>One mail for all of it: the account is verified, another's than before, and the identity connected.</summary>
    public void Reclaimed(User user, string provider, Device device)
    {
        notice.Add(SecurityEventKind.UserReclaimed, user, null, device, new AccountReclaimedMail(providers.TitleOf(provider)));
        events.Add(SecurityEventKind.EmailVerified, user.Id, null, device);
        events.Add(SecurityEventKind.SocialAccountConnected, user.Id, null, device);
    }

    public void Connected(User user, SocialAccount identity, Device device) => notice.Add(
        SecurityEventKind.SocialAccountConnected, user, null, device,
        new SocialAccountConnectedMail(providers.TitleOf(identity.Provider), Change(SecurityEventKind.SocialAccountConnected, user, identity, device)));

    public void Disconnected(User user, SocialAccount identity, Device device) => notice.Add(
        SecurityEventKind.SocialAccountDisconnected, user, null, device,
        new SocialAccountDisconnectedMail(providers.TitleOf(identity.Provider), Change(SecurityEventKind.SocialAccountDisconnected, user, identity, device)));

    private string Change(SecurityEventKind kind, User user, SocialAccount identity, Device device) => changes.Add(kind, user, device, KeptIdentity.Of(identity));
}
