using Accounts.Core.Mail;

namespace Accounts.Core.Registration;

/// <summary>To a new address: the link and the code that prove it.</summary>
public sealed record VerifyEmailMail(string Link, string Code, TimeSpan ValidFor) : OutgoingMail;
