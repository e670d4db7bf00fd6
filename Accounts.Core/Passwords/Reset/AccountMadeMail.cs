using Accounts.Core.Mail;

namespace Accounts.Core.Passwords.Reset;

/// <summary>An administrator has made an account for whoever reads it, who sets its password by the link.</summary>
public sealed record AccountMadeMail(string Link, TimeSpan ValidFor) : OutgoingMail;
