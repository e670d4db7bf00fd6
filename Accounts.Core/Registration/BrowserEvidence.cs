using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.Registration;

/// <summary>What ties a browser to the person who registered, as far as a request shows it.</summary>
/// <param name="SignedInAs">the user of the live session that came along</param>
/// <param name="Proofs">that the browser registered somebody, or had a code mailed, by cookie or in the body</param>
public sealed record BrowserEvidence(Guid? SignedInAs, params string?[] Proofs)
{
    /// <summary>Whether it is the browser of the user.</summary>
    public bool IsOf(User user, BrowserProof proofs) => SignedInAs == user.Id || RegisteredBy(proofs).Contains(user.Id);

    /// <summary>Whom the browser registered.</summary>
    public Guid[] RegisteredBy(BrowserProof proofs) => [.. Proofs.Select(proof => proofs.SubjectOf(SecretUse.RegistrationCookies, proof)).OfType<Guid>()];

    /// <summary>Whose codes count in it.</summary>
    public Guid[] AttemptsOf(BrowserProof proofs) => proofs.AttemptsOf(Proofs);

    public override string ToString() => nameof(BrowserEvidence);
}
