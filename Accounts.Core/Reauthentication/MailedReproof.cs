using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Reauthentication;

/// <summary>Checks the code of a mail that a session has asked for. Who types it there reads the account's mail, and is who has the account.</summary>
public sealed class MailedReproof(StepUp stepUp, AccountCodes codes, MailedTokenStore tokens, MailboxProof mailbox)
{
    /// <summary>Spends it.</summary>
    /// <exception cref="StepUpRequiredException">there is something better</exception>
    /// <exception cref="AuthenticationFailedException">it is none of this session's</exception>
    /// <exception cref="ThrottledException">too many codes for the address have been wrong today</exception>
    public async Task DemandAsync(LiveSession live, User user, string code, Device device, CancellationToken cancellation)
    {
        stepUp.DemandNothingBetter(live, user);
        var mailed = await codes.DemandAsync(TokenPurpose.Reauthenticate, live.SessionId, user.Id, user.Address, code, device, cancellation);
        await tokens.SpendAsync(mailed, cancellation);
        await mailbox.ProveAsync(user, mailed, device, cancellation);
    }
}
