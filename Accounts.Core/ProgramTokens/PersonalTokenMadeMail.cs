using Accounts.Core.Notices;

namespace Accounts.Core.ProgramTokens;

/// <summary>A personal token was made. Not by its name, which whoever made it has chosen.</summary>
/// <param name="Roles">those that it was given, or that there are none</param>
/// <param name="Until">the day on which it is over</param>
/// <param name="Link">"this wasn't me"</param>
public sealed record PersonalTokenMadeMail(string[] Roles, DateOnly Until, string Link) : NoticeMail;
