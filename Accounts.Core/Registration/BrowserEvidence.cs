using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.Registration;

/// <summary>What ties a browser to the person who registered, as far as a request shows it.</summary>
/// <param name="RegistrationCookie">kept by the browser that registered</param>
/// <param name="SignedInAs">the user of the live session that came along</param>
public sealed record BrowserEvidence(string? RegistrationCookie, Guid? SignedInAs)
{
    /// <summary>Whether it is the browser of the user.</summary>
    public bool IsOf(User user, BrowserProof proofs) =>
        proofs.NameFor(SecretUse.RegistrationCookies, RegistrationCookie, user.Id) is not null || SignedInAs == user.Id;

    public override string ToString() => nameof(BrowserEvidence);
}
