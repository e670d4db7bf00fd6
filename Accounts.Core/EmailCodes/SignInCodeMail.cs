using Accounts.Core.Notices;

namespace Accounts.Core.EmailCodes;

/// <summary>The code and the link that sign somebody in.</summary>
public sealed record SignInCodeMail(string Link, string Code, TimeSpan ValidFor) : NoticeMail;
