using Accounts.Core.Notices;

namespace Accounts.Core.EmailChange;

/// <summary>To the address from before: it is another now.</summary>
/// <param name="NewEmail">masked</param>
/// <param name="Link">"this wasn't me"</param>
public sealed record AddressChangedMail(string NewEmail, string Link) : NoticeMail;
