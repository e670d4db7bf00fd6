using Accounts.Core.Audit;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.SignIn.Tickets;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.SecondFactor.Enrolment;

/// <summary>Checks the code of a mail that a ticket had sent.</summary>
public sealed class EnrolmentCodeCheck(MailedCodes codes, CodeThrottle throttle, SecurityLog events)
{
    private const string OfUser = "t.used_at IS NULL AND EXISTS (SELECT FROM users u WHERE u.id = t.user_id AND u.email_key = @email AND u.email = t.email)";

    /// <returns>what the code is of, to be spent</returns>
    /// <exception cref="AuthenticationFailedException">it is none of this ticket's</exception>
    /// <exception cref="ThrottledException">too many codes for the address have been wrong today</exception>
    public async Task<MailedToken> DemandAsync(User user, SignInTicket ticket, string code, Device device, CancellationToken cancellation)
    {
        var candidates = await codes.CountTryAsync(TokenPurpose.Enrol, user.Address, [ticket.Attempt], OfUser, cancellation);
        MailedToken? match = null;
        if (candidates.Count > 0)
        {
            await throttle.TryAsync(user.Address, () => (match = candidates.Find(token => codes.Fits(token, code))) is not null, cancellation);
        }
        if (match is null)
        {
            events.Count(SecurityEventKind.SignInFailed, user.Id, device);
            throw AuthenticationFailedException.InvalidCredentials();
        }
        return match;
    }
}
