using Accounts.Core.Notices;

namespace Accounts.Core.SecondFactor.Changes;

/// <summary>New recovery codes have taken the place of those of before.</summary>
public sealed record RecoveryCodesMadeMail(string Link) : NoticeMail;
