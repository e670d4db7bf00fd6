using Accounts.Core.Audit;
using Accounts.Core.Mail;
using Accounts.Core.Users;

namespace Accounts.Core.Social;

/// <summary>Records that an identity was connected or disconnected, and tells the user by mail; saved with the act.</summary>
public sealed class SocialNotice(Outbox outbox, SecurityLog events, IdentityProviders providers, TimeProvider time)
{
    public void Connected(User user, string provider, Device device) =>
        Add(SecurityEventKind.SocialAccountConnected, MailTemplate.SocialAccountConnected, user, provider, device);

    public void Disconnected(User user, string provider, Device device) =>
        Add(SecurityEventKind.SocialAccountDisconnected, MailTemplate.SocialAccountDisconnected, user, provider, device);

    private void Add(SecurityEventKind kind, MailTemplate template, User user, string provider, Device device)
    {
        events.Add(kind, user.Id, null, device);
        outbox.Add(template, user, new(MailValues.Of(device, time.GetUtcNow())) { ["provider"] = providers.TitleOf(provider) });
    }
}
