using Accounts.Core.MailRequests;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.Passwords;

/// <summary>Asks for a mail with a link by which a new password may be chosen, and tells nobody whether there is anybody to mail it to. Asking changes nothing.</summary>
public sealed class PasswordReset(MailRequestQueue requests)
{
    /// <exception cref="Failures.UnavailableException">too many wait, whatever the address</exception>
    public Task AskAsync(EmailAddress address, Device device, CancellationToken cancellation) =>
        requests.AskAsync(MailPurpose.Reset, new AskedMail(address, device, Attempt: null), cancellation);
}
