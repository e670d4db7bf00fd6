using Accounts.Core.Mail;

namespace Accounts.Core.Deletion;

/// <summary>An administrator has deleted the account; until when nothing is erased.</summary>
public sealed record AccountRemovedMail(DateTimeOffset Until) : OutgoingMail;
