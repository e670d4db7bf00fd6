using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Reauthentication;

/// <summary>Checks the code of a mail that a session has asked for.</summary>
public sealed class MailedReproof(StepUp stepUp, AccountCodes codes, MailedTokenStore tokens)
{
    /// <summary>Spends it.</summary>
    /// <exception cref="StepUpRequiredException">there is something better</exception>
    /// <exception cref="AuthenticationFailedException">it is none of this session's</exception>
    /// <exception cref="ThrottledException">too many codes for the address have been wrong today</exception>
    public async Task DemandAsync(LiveSession live, string code, Device device, CancellationToken cancellation)
    {
        stepUp.DemandNothingBetter(live);
        var (user, address) = (live.User, EmailAddress.Parse(live.User.Email));
        await tokens.SpendAsync(await codes.DemandAsync(TokenPurpose.Reauthenticate, live.SessionId, user.Id, address, code, device, cancellation), cancellation);
    }
}
