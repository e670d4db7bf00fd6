using Accounts.Core.Mail;

namespace Accounts.Core.EmailChange;

/// <summary>To an address that is to be a user's: the link that confirms it. It names nobody, for whoever reads it need not be who asked.</summary>
public sealed record ConfirmAddressMail(string Link, TimeSpan ValidFor) : StrangerMail;
