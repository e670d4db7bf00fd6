using Accounts.Core.Notices;

namespace Accounts.Core.Social.Linking;

/// <summary>The code that proves an account to whoever wants to connect an identity to it.</summary>
public sealed record SocialLinkCodeMail(string Provider, string Code, TimeSpan ValidFor) : NoticeMail;
