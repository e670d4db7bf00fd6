using Accounts.Core.Notices;

namespace Accounts.Core.Sessions;

/// <summary>A refresh token was used twice, and its session was ended.</summary>
/// <param name="Link">"this wasn't me"</param>
public sealed record SessionReusedMail(string Link) : NoticeMail;
