using Accounts.Core.Notices;

namespace Accounts.Core.Social.Ownership;

/// <summary>An account that had not proved its address became its recipient's by a provider's word.</summary>
public sealed record AccountReclaimedMail(string Provider) : NoticeMail;
