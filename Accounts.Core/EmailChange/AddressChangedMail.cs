using Accounts.Core.Notices;

namespace Accounts.Core.EmailChange;

/// <summary>To the address from before: it is another now.</summary>
/// <param name="NewEmail">masked</param>
public sealed record AddressChangedMail(string NewEmail) : NoticeMail;
