using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.Settings;
using Accounts.Core.Social;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Passwords;

/// <summary>Records that a password was changed or reset, and tells the user by mail, with every other way into the account; saved with the act.</summary>
public sealed class PasswordNotice(
    AccountsDb db, Outbox outbox, SecurityLog events, IdentityProviders providers, IOptions<SiteOptions> site, TimeProvider time)
{
    public async Task AddAsync(SecurityEventKind kind, User user, Guid? sessionId, Device device, CancellationToken cancellation)
    {
        events.Add(kind, user.Id, sessionId, device);
        outbox.Add(MailTemplate.PasswordChanged, user, new(MailValues.Of(device, time.GetUtcNow()))
        {
            ["connected"] = await ConnectedAsync(user, cancellation),
            ["link"] = $"{site.Value.Origin}/forgot-password",
        });
    }

    private async Task<string> ConnectedAsync(User user, CancellationToken cancellation)
    {
        var connected = await db.SocialAccounts.Where(a => a.UserId == user.Id).OrderBy(a => a.CreatedAt).Select(a => a.Provider).ToListAsync(cancellation);
        return connected.Count > 0 ? string.Join(", ", connected.Select(providers.TitleOf)) : "none";
    }
}
