using Accounts.Core.Mail;

namespace Accounts.Core.Registration;

/// <summary>To whose address somebody has tried to register again.</summary>
public sealed record AccountExistsMail(string Link, string Reset) : OutgoingMail;
