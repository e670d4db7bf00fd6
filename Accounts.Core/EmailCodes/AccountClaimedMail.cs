using Accounts.Core.Notices;

namespace Accounts.Core.EmailCodes;

/// <summary>An account that had not proved its address became its recipient's by a mail to it.</summary>
public sealed record AccountClaimedMail(string Reset) : NoticeMail;
