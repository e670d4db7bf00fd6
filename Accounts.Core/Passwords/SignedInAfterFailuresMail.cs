using Accounts.Core.Notices;

namespace Accounts.Core.Passwords;

/// <summary>The right password came after many wrong ones.</summary>
public sealed record SignedInAfterFailuresMail : NoticeMail;
