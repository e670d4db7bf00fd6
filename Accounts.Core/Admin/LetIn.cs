using Accounts.Core.Failures;
using Accounts.Core.Users;

namespace Accounts.Core.Admin;

/// <summary>For what would be of no use to who is kept out.</summary>
internal static class LetIn
{
    /// <exception cref="ConflictException">the user is deactivated, deleted or frozen</exception>
    public static void DemandLetIn(this User user)
    {
        if (!user.IsLive())
        {
            throw new ConflictException(ErrorCode.UserInactive);
        }
    }
}
