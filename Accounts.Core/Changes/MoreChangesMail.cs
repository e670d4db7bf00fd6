using Accounts.Core.Mail;

namespace Accounts.Core.Changes;

/// <summary>After several changes within an hour, each with a mail of its own: there were more.</summary>
/// <param name="Link">"this wasn't me", of the first of them</param>
public sealed record MoreChangesMail(string Link) : OutgoingMail;
