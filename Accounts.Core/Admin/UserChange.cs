using Accounts.Core.Audit;
using Accounts.Core.Failures;
using Accounts.Core.Profile;
using Accounts.Core.Users;

namespace Accounts.Core.Admin;

/// <summary>Changes what a user is called.</summary>
public static class UserChange
{
    /// <param name="form">what changes</param>
    /// <param name="version">that the user must still be of; null for whichever</param>
    /// <exception cref="StaleException">the user is of another version</exception>
    public static UserAct To(ProfileForm form, long? version) => new(SecurityEventKind.UserChanged, (user, _, _) =>
    {
        if (version is not null && version != user.Version)
        {
            throw new StaleException();
        }
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
