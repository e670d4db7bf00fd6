using Accounts.Core.Audit;
using Accounts.Core.Failures;
using Accounts.Core.SecondFactor.Totp;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.SecondFactor;

/// <summary>
/// Tries a typed code of a user: six digits are an app's, all else is a recovery code. A right one is spent at once, whatever becomes of the act
/// that it was typed for; of any number that bring the same one has it.
/// </summary>
public sealed class FactorCodes(TotpCodes totp, RecoveryCodes recovery, FactorThrottle throttle, ClosedCodes closed, SecurityLog events)
{
    /// <summary>For <c>amr</c> (RFC 8176).</summary>
    public const string Otp = "otp";

    /// <summary>Outside of a transaction. Whatever it returns, the caller saves: the last wrong code is told of. In one that is taken back: <see cref="ClosedCodes.TellAgain"/>.</summary>
    /// <param name="user">whose code it should be, live, as they were loaded</param>
    /// <param name="code">as it was typed</param>
    /// <param name="device">that it was typed on: a known one has a budget of its own</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>by what the user is proved now; null for a wrong code, or one that was used</returns>
    /// <exception cref="ThrottledException">too many of an app have been wrong: this one was neither looked at nor counted</exception>
    public async Task<string[]?> TryAsync(User user, string code, Device device, CancellationToken cancellation)
    {
        var typed = string.Concat(code.Where(c => !char.IsWhiteSpace(c) && c != '-'));
        var result = TimeCode.IsOne(typed)
            ? await throttle.TryAsync(user, device, () => totp.SpendAsync(user, typed, cancellation), cancellation)
            : await recovery.SpendAsync(user, typed, cancellation) ? FactorTry.Right : FactorTry.Wrong;
        if (result == FactorTry.Right)
        {
            return [Otp];
        }
        events.Count(SecurityEventKind.SecondFactorFailed, user.Id, device);
        if (result == FactorTry.Last)
        {
            await closed.TellAsync(user, device, cancellation);
        }
        return null;
    }
}
