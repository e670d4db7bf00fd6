using Accounts.Core.Notices;

namespace Accounts.Core.Reauthentication;

/// <summary>The code by which who is signed in proves once more who they are.</summary>
public sealed record ReauthenticationCodeMail(string Code, TimeSpan ValidFor) : NoticeMail;
