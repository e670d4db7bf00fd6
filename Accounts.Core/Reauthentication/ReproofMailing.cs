using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Throttling;

namespace Accounts.Core.Reauthentication;

/// <summary>Codes by mail for who is signed in and has neither password nor second factor: a provider's word for it may be as old as its own session.</summary>
public sealed class ReproofMailing(AccountsDb db, StepUp stepUp, MailThrottle throttle, AccountCodeMailing mail)
{
    /// <exception cref="StepUpRequiredException">there is something better</exception>
    /// <exception cref="ThrottledException">as many as may have gone to the address</exception>
    public async Task SendAsync(LiveSession live, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(live.User.Id, live.SessionId, cancellation);
        stepUp.DemandNothingBetter(live, user);
        await throttle.DemandAsync(MailPurpose.Reauthentication, user, device, cancellation);
        await mail.AddAsync(TokenPurpose.Reauthenticate, live.SessionId, user, device, (code, validFor) => new ReauthenticationCodeMail(code, validFor), cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
