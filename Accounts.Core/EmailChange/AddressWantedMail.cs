using Accounts.Core.Notices;

namespace Accounts.Core.EmailChange;

/// <summary>To the owner of an address that somebody else wants for an account of theirs.</summary>
public sealed record AddressWantedMail : NoticeMail;
