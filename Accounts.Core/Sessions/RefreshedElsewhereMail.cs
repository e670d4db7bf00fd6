using Accounts.Core.Notices;

namespace Accounts.Core.Sessions;

/// <summary>A refresh whose answer was lost was repeated from a strange place; the session goes on.</summary>
/// <param name="Link">"this wasn't me"</param>
public sealed record RefreshedElsewhereMail(string Link) : NoticeMail;
