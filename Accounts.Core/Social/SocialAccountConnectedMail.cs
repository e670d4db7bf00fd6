using Accounts.Core.Notices;

namespace Accounts.Core.Social;

/// <summary>An identity was connected to the account.</summary>
public sealed record SocialAccountConnectedMail(string Provider, string Link) : NoticeMail;
