using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.Notices;
using Accounts.Core.Sessions;
using Accounts.Core.Settings;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.NewDevices;

/// <summary>
/// Records a sign-in, and tells its user by mail where it is on a device not seen before: once a day at most, by no budget that others could
/// use up. Not of the first sign-in of all, which is the account's own, and not to an address that nobody has proved, which may be a stranger's.
/// </summary>
public sealed class SignInNotice(AccountsDb db, SeenDevices seen, SecurityLog events, Notice notice, IOptions<SiteOptions> site)
{
    private static readonly TimeSpan Between = TimeSpan.FromDays(1);

    /// <summary>Inside the transaction of the sign-in, which holds the user's row: of two at once one is told.</summary>
    /// <param name="user">as they were before it</param>
    public async Task AddAsync(User user, Session session, Device device, CancellationToken cancellation)
    {
        events.Add(SecurityEventKind.SignedIn, user.Id, session.Id, device);
        if (user.LastLogin is null || !user.EmailConfirmed || await seen.HaveAsync(user, device, cancellation))
        {
            return;
        }
        if (await IsToldAsync(user, session.CreatedAt - Between, cancellation))
        {
            events.Add(SecurityEventKind.SignedInOnNewDevice, user.Id, session.Id, device);
            return;
        }
        db.MailedTokens.Add(MailedToken.ForDisowning(user, session.Id, session.CreatedAt, out var token));
        notice.Add(SecurityEventKind.SignedInOnNewDevice, user, session.Id, device, new NewDeviceMail($"{site.Value.Origin}/end-session#token={token}"));
    }

    private Task<bool> IsToldAsync(User user, DateTimeOffset since, CancellationToken cancellation) =>
        db.MailedTokens.AnyAsync(t => t.UserId == user.Id && t.Purpose == TokenPurpose.Disown && t.CreatedAt > since, cancellation);
}
