using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Notices;
using Accounts.Core.Social.Ownership;
using Accounts.Core.Users;

namespace Accounts.Core.Social;

/// <summary>Tells that an identity was connected or disconnected; saved with the act.</summary>
public sealed class SocialNotice(Notice notice, ChangeNotice changes, ProviderTitles providers, SecurityLog events)
{
    /// <summary>One mail for all of it: the account is verified, another's than before, and the identity connected.</summary>
    public void Reclaimed(User user, string provider, Device device)
    {
        notice.Add(SecurityEventKind.UserReclaimed, user, null, device, new AccountReclaimedMail(providers.TitleOf(provider)));
        events.Add(SecurityEventKind.EmailVerified, user.Id, null, device);
        events.Add(SecurityEventKind.SocialAccountConnected, user.Id, null, device);
    }

    public Task ConnectedAsync(User user, SocialAccount identity, Device device, CancellationToken cancellation) => changes.AddAsync(
        Change(SecurityEventKind.SocialAccountConnected, user, identity, device), link => new SocialAccountConnectedMail(providers.TitleOf(identity.Provider), link), cancellation);

    public Task DisconnectedAsync(User user, SocialAccount identity, Device device, CancellationToken cancellation) => changes.AddAsync(
        Change(SecurityEventKind.SocialAccountDisconnected, user, identity, device), link => new SocialAccountDisconnectedMail(providers.TitleOf(identity.Provider), link), cancellation);

    private static ToldChange Change(SecurityEventKind kind, User user, SocialAccount identity, Device device) =>
        new(kind, user, null, device) { Reverse = KeptIdentity.Of(identity) };
}
