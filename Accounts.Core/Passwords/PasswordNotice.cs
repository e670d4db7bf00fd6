using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Notices;
using Accounts.Core.Settings;
using Accounts.Core.Social;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Passwords;

/// <summary>Records that a password was changed or reset, and tells the user by mail, with every other way into the account; saved with the act.</summary>
public sealed class PasswordNotice(AccountsDb db, Notice notice, IdentityProviders providers, IOptions<SiteOptions> site)
{
    public async Task AddAsync(SecurityEventKind kind, User user, Guid? sessionId, Device device, CancellationToken cancellation)
    {
        var mail = new PasswordChangedMail(await ConnectedAsync(user, cancellation), $"{site.Value.Origin}/forgot-password");
        notice.Add(kind, user, sessionId, device, mail);
    }

    private async Task<string> ConnectedAsync(User user, CancellationToken cancellation)
    {
        var connected = await db.SocialAccounts.Where(a => a.UserId == user.Id).OrderBy(a => a.CreatedAt).Select(a => a.Provider).ToListAsync(cancellation);
        return connected.Count > 0 ? string.Join(", ", connected.Select(providers.TitleOf)) : "none";
    }
}
