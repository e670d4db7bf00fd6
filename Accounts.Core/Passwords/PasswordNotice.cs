using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Passwords;

/// <summary>Records that a password was changed or reset, and tells the user by mail, with every other way into the account; saved with the act.</summary>
public sealed class PasswordNotice(SignInMethods methods, ChangeNotice notice)
{
    public Task AddAsync(SecurityEventKind kind, User user, Guid? sessionId, Device device, CancellationToken cancellation) =>
        notice.AddAsync(new ToldChange(kind, user, sessionId, device), link => new PasswordChangedMail(Connected(user), link), cancellation);

    private string[] Connected(User user) => [.. methods.WaysIn(user).Where(method => method.Name != User.PasswordWay).Select(method => method.Title)];
}
