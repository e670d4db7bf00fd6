using Accounts.Core.MailRequests;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.Registration;

/// <summary>Asks for the verification mail once more, and tells nobody whether there is anything to send.</summary>
public sealed class VerificationResend(MailRequestQueue requests)
{
    /// <exception cref="Failures.UnavailableException">too many wait, whatever the address</exception>
    public Task ResendAsync(EmailAddress address, Device device, CancellationToken cancellation) =>
        requests.AskAsync(MailPurpose.Verification, address, device, cancellation);
}
