using Accounts.Core.Audit;
using Accounts.Core.Profile;
using Accounts.Core.Users;

namespace Accounts.Core.Admin;

/// <summary>Changes what a user is called.</summary>
public static class UserChange
{
    /// <param name="form">what changes</param>
    public static UserAct To(ProfileForm form) => new(SecurityEventKind.UserChanged, (user, _, _) =>
    {
        Change(user, form);
        return Task.CompletedTask;
    });

    private static void Change(User user, ProfileForm form)
    {
        user.Describe(form.FirstName ?? user.FirstName, form.LastName ?? user.LastName, form.Locale ?? user.Locale ?? "");
        user.Fill(form.Extra);
        if (form.Username is { } username && username.Text != user.UserName)
        {
            user.Rename(username);
        }
        user.RaiseVersion();
    }
}
