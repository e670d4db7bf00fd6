using Accounts.Core.Mail;

namespace Accounts.Core.Social.Completion;

/// <summary>To an address of nobody's that somebody named who signs in by a provider without one.</summary>
public sealed record SignUpCodeMail(string Provider, string Link, TimeSpan ValidFor) : StrangerMail;
