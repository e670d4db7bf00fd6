using Accounts.Core.Mail;

namespace Accounts.Core.Admin;

/// <summary>An operator has made the account an administrator's, and taken away whatever anybody had of it.</summary>
public sealed record AdministratorMadeMail : OutgoingMail;
