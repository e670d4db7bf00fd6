using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.MailRequests;

/// <summary>What a room does about a request for one of its mails. It registers its part in its own setup.</summary>
public interface IMailRequestPart
{
    MailPurpose Purpose { get; }

    /// <summary>Adds the mail where there is somebody for it and the limit admits it, inside the transaction of the caller, who saves.</summary>
    Task AddMailAsync(EmailAddress address, Device device, CancellationToken cancellation);
}
