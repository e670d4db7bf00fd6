using Accounts.Core.Notices;

namespace Accounts.Core.Deletion;

/// <summary>A deleted account is back.</summary>
public sealed record AccountRestoredMail(string Link) : NoticeMail;
