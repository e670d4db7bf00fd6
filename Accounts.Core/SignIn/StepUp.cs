using Accounts.Core.Failures;
using Accounts.Core.Sessions;

namespace Accounts.Core.SignIn;

/// <summary>What must not be done with a session alone that somebody may have found open: the sign-in was a moment ago. A refresh never makes it recent.</summary>
public static class StepUp
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <exception cref="PermissionDeniedException">it was longer ago</exception>
    public static void Demand(LiveSession live)
    {
        if (live.SinceSignIn >= Window)
        {
            throw new PermissionDeniedException(ErrorCode.ReauthenticationRequired);
        }
    }
}
