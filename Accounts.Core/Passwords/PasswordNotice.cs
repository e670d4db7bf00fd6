using Accounts.Core.Audit;
using Accounts.Core.Notices;
using Accounts.Core.Settings;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Passwords;

/// <summary>Records that a password was changed or reset, and tells the user by mail, with every other way into the account; saved with the act.</summary>
public sealed class PasswordNotice(SignInMethods methods, Notice notice, IOptions<SiteOptions> site)
{
    public void Add(SecurityEventKind kind, User user, Guid? sessionId, Device device)
    {
        var mail = new PasswordChangedMail(Connected(user), $"{site.Value.Origin}/forgot-password");
        notice.Add(kind, user, sessionId, device, mail);
    }

    private string Connected(User user)
    {
        var connected = methods.Of(user).FindAll(method => method.IsProvider);
        return connected.Count > 0 ? string.Join(", ", connected.Select(method => method.Title)) : "none";
    }
}
