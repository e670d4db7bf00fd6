using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.MailRequests;

/// <summary>What a room does about a request for one of its mails. It registers its part in its own setup.</summary>
public interface IMailRequestPart
{
    MailPurpose Purpose { get; }

    /// <summary>The keys, of those given, of addresses that somebody may have; the requests for others are dropped together.</summary>
    Task<List<string>> PossibleAsync(List<string> addresses, CancellationToken cancellation);

    /// <summary>Adds the mail where there is somebody for it and the limit admits it, inside the transaction of the caller, who saves.</summary>
    Task AddMailAsync(AskedMail asked, CancellationToken cancellation);
}

/// <summary>What somebody has asked to be mailed.</summary>
/// <param name="Address">as it was typed</param>
/// <param name="Device">that asked</param>
/// <param name="Attempt">whose browser alone the mail's code counts in; null where it has none</param>
public sealed record AskedMail(EmailAddress Address, Device Device, Guid? Attempt)
{
    /// <summary>Who asks, where only a user can; null where anybody can.</summary>
    public MailAsker? Asker { get; init; }
}

/// <summary>A user who asks for a mail, by a session of theirs.</summary>
/// <param name="UserId">who it is</param>
/// <param name="Epoch">the session's: once all that they had has ended, what was asked for in it is no longer theirs to ask</param>
public sealed record MailAsker(Guid UserId, long Epoch);
