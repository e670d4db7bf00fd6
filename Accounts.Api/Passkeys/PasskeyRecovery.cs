using Accounts.Api.Clients;
using Accounts.Core.Failures;
using Accounts.Core.Passkeys;
using Accounts.Core.Recovery;

namespace Accounts.Api.Passkeys;

/// <summary>Asks for a passkey that a frozen account had before the change, be it one that a thief has removed since.</summary>
public sealed class PasskeyRecovery(PasskeyCeremony ceremony, AccountRecovery recovery)
{
    /// <param name="token">of the mail that freezing has sent; it is not spent</param>
    /// <param name="context">of the request</param>
    /// <exception cref="RefusedException">the token is good for nothing</exception>
    public async Task<BegunCeremony> BeginAsync(string token, HttpContext context)
    {
        var (userId, made) = await recovery.LookAsync(
            token, async user => (user.Id, await ceremony.MakeAsync(PasskeyPurpose.Recover, user, context)), context.Device(), context.RequestAborted);
        return await ceremony.IssueAsync(PasskeyPurpose.Recover, userId, made, context.RequestAborted);
    }
}
