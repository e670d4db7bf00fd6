using Accounts.Core.Audit;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>Checks codes that were mailed to a user's address, and count with the session or ticket alone that had them sent.</summary>
public sealed class AccountCodes(MailedCodes codes, CodeThrottle throttle, SecurityLog events)
{
    private const string OfUser = "t.used_at IS NULL AND EXISTS (SELECT FROM users u WHERE u.id = t.user_id AND u.email_key = @email AND u.email = t.email)";

    /// <param name="purpose">that the code must be for</param>
    /// <param name="attempt">the id of the session or ticket</param>
    /// <param name="userId">who is to be proved</param>
    /// <param name="address">theirs</param>
    /// <param name="code">that was typed</param>
    /// <param name="device">that it was typed on</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>what the code is of, to be spent</returns>
    /// <exception cref="AuthenticationFailedException">it is none of those</exception>
    /// <exception cref="ThrottledException">too many codes for the address have been wrong today</exception>
    public async Task<MailedToken> DemandAsync(
        TokenPurpose purpose, Guid attempt, Guid userId, EmailAddress address, string code, Device device, CancellationToken cancellation)
    {
        var candidates = await codes.CountTryAsync(purpose, address, [attempt], OfUser, cancellation);
        MailedToken? match = null;
        if (candidates.Count > 0)
        {
            await throttle.TryAsync(address, isKnown: true, () => (match = candidates.Find(token => codes.Fits(token, code))) is not null, cancellation);
        }
        if (match is null)
        {
            events.Count(SecurityEventKind.SignInFailed, userId, device);
            throw AuthenticationFailedException.InvalidCredentials();
        }
        return match;
    }
}
