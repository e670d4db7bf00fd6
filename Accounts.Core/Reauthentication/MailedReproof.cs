using Accounts.Core.Audit;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.Reauthentication;

/// <summary>Checks the code of a mail that a session has asked for.</summary>
public sealed class MailedReproof(StepUp stepUp, MailedTokenStore tokens, MailedCodes codes, CodeThrottle throttle, SecurityLog events)
{
    private const string OfUser = "t.used_at IS NULL AND EXISTS (SELECT FROM users u WHERE u.id = t.user_id AND u.email_key = @email AND u.email = t.email)";

    /// <summary>Spends it.</summary>
    /// <exception cref="StepUpRequiredException">there is something better</exception>
    /// <exception cref="AuthenticationFailedException">it is none of this session's</exception>
    /// <exception cref="ThrottledException">too many codes for the address have been wrong today</exception>
    public async Task DemandAsync(LiveSession live, string code, Device device, CancellationToken cancellation)
    {
        stepUp.DemandNothingBetter(live);
        var address = EmailAddress.Parse(live.User.Email);
        var candidates = await codes.CountTryAsync(TokenPurpose.Reauthenticate, address, [live.SessionId], OfUser, cancellation);
        MailedToken? match = null;
        if (candidates.Count > 0)
        {
            await throttle.TryAsync(address, () => (match = candidates.Find(token => codes.Fits(token, code))) is not null, cancellation);
        }
        if (match is null)
        {
            events.Count(SecurityEventKind.SignInFailed, live.User.Id, device);
            throw AuthenticationFailedException.InvalidCredentials();
        }
        await tokens.SpendAsync(match, cancellation);
    }
}
