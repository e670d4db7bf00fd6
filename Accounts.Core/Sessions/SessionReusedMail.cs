using Accounts.Core.Notices;

namespace Accounts.Core.Sessions;

/// <summary>A refresh token was used twice, and its session was ended.</summary>
public sealed record SessionReusedMail : NoticeMail;
