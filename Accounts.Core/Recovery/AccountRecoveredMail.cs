using Accounts.Core.Notices;

namespace Accounts.Core.Recovery;

/// <summary>A frozen account is as it was before, with a new password; with what could not be brought back.</summary>
public sealed record AccountRecoveredMail(string[] Kept) : NoticeMail;
