using Accounts.Core.Mail;

namespace Accounts.Core.Invitations;

/// <summary>To an address that nobody has: an administrator has invited whoever reads it. It has no word of the administrator's, or it would carry anybody's.</summary>
public sealed record InvitationMail(string Link, DateTimeOffset Until) : StrangerMail;
