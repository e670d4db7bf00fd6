using Accounts.Core.MailRequests;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.Registration;

/// <summary>Asks for the verification mail once more, and tells nobody whether there is anything to send.</summary>
public sealed class VerificationResend(MailRequestQueue requests)
{
    /// <param name="address">that it goes to</param>
    /// <param name="attempt">whose browser alone the mail's code counts in</param>
    /// <param name="device">that asks</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="Failures.UnavailableException">too many wait, whatever the address</exception>
    public Task ResendAsync(EmailAddress address, Guid attempt, Device device, CancellationToken cancellation) =>
        requests.AskAsync(MailPurpose.Verification, new AskedMail(address, device, attempt), cancellation);
}
