using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Passwords;

/// <summary>
/// What an act takes that a stolen session must not be enough for: the password, or a proof of a moment ago; and of who has a second factor a proof
/// by that, whatever else comes along.
/// </summary>
public sealed class OwnerConfirmation(PasswordVerification check, StepUp stepUp)
{
    /// <param name="live">who asks</param>
    /// <param name="user">the same</param>
    /// <param name="typed">null for none, which takes a proof of a moment ago</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="InvalidInputException">it is not the password</exception>
    /// <exception cref="StepUpRequiredException">the proof is missing, too old, or by too few factors</exception>
    /// <exception cref="ThrottledException">too many wrong passwords before</exception>
    /// <exception cref="UnavailableException">too many wait already, or for too long</exception>
    public async Task DemandAsync(LiveSession live, User user, TypedPassword? typed, Device device, CancellationToken cancellation)
    {
        if (typed is null)
        {
            stepUp.Demand(live);
            return;
        }
        stepUp.DemandFactor(live);
        await check.DemandAsync(user, typed, device, cancellation);
    }
}
