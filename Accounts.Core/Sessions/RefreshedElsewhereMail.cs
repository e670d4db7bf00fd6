using Accounts.Core.Notices;

namespace Accounts.Core.Sessions;

/// <summary>A refresh whose answer was lost was repeated from a strange place; the session goes on.</summary>
public sealed record RefreshedElsewhereMail : NoticeMail;
