using Accounts.Core.Notices;

namespace Accounts.Core.Passkeys;

/// <summary>A passkey was added.</summary>
/// <param name="Passkey">what its user calls it</param>
/// <param name="Link">"this wasn't me"</param>
public sealed record PasskeyAddedMail(string Passkey, string Link) : NoticeMail;

/// <summary>A passkey was removed.</summary>
/// <param name="Passkey">what its user called it</param>
/// <param name="Link">"this wasn't me"</param>
public sealed record PasskeyRemovedMail(string Passkey, string Link) : NoticeMail;
