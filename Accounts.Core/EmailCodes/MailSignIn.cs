using Accounts.Core.MailRequests;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.EmailCodes;

/// <summary>Asks for a mail with a code and a link that sign in, and tells nobody whether there is anybody to mail it to. Asking changes nothing.</summary>
public sealed class MailSignIn(MailRequestQueue requests)
{
    /// <param name="address">that it goes to</param>
    /// <param name="attempt">whose browser alone it counts in</param>
    /// <param name="device">that asks</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="Failures.UnavailableException">too many wait, whatever the address</exception>
    public Task AskAsync(EmailAddress address, Guid attempt, Device device, CancellationToken cancellation) =>
        requests.AskAsync(MailPurpose.SignInCode, new AskedMail(address, device, attempt), cancellation);
}
