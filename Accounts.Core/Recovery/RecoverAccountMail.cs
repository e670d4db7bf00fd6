using Accounts.Core.Mail;

namespace Accounts.Core.Recovery;

/// <summary>The link that has a frozen account back.</summary>
public sealed record RecoverAccountMail(string Link, TimeSpan ValidFor) : OutgoingMail;
