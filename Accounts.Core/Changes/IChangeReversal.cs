using Accounts.Core.Audit;
using Accounts.Core.Users;

namespace Accounts.Core.Changes;

/// <summary>
/// How a change goes back. The feature that makes it registers its reversal in its own setup. A kind without one brings nothing back: a
/// password is chosen anew, and never the old one's.
/// </summary>
public interface IChangeReversal
{
    SecurityEventKind Kind { get; }

    /// <summary>Whether the change gave somebody a way in.</summary>
    bool GaveWay => false;

    /// <summary>Inside the transaction of the caller, who holds the user's row and saves it. Called newest first; rows go and come at once, by statements, for the next one may need their place.</summary>
    /// <param name="user">whose change it was</param>
    /// <param name="reverse">what was kept with the change</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>what stays as it is, in words for its user, because it is somebody else's by now; null where all went back</returns>
    Task<string?> UndoAsync(User user, byte[] reverse, CancellationToken cancellation);
}
