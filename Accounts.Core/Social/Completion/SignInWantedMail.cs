using Accounts.Core.Notices;

namespace Accounts.Core.Social.Completion;

/// <summary>To the owner of an address that somebody named who signs in by a provider without one.</summary>
public sealed record SignInWantedMail(string Provider, string Link, TimeSpan ValidFor) : NoticeMail;
