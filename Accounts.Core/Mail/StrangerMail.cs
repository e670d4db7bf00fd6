namespace Accounts.Core.Mail;

/// <summary>A mail to an address that is nobody's here: it greets no username.</summary>
public abstract record StrangerMail : OutgoingMail;
