using Accounts.Core.Notices;

namespace Accounts.Core.Social;

/// <summary>An identity was disconnected from the account.</summary>
public sealed record SocialAccountDisconnectedMail(string Provider, string Link) : NoticeMail;
