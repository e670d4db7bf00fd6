using Accounts.Core.Notices;

namespace Accounts.Core.Passwords;

/// <summary>The password is another now; with what else lets people in.</summary>
public sealed record PasswordChangedMail(string[] Connected, string Link) : NoticeMail;
