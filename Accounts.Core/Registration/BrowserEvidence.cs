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
    public Guid[] RegisteredBy(BrowserProof proofs) => Subjects(proofs, SecretUse.RegistrationCookies);

    /// <summary>Whose codes count in it.</summary>
    public Guid[] AttemptsOf(BrowserProof proofs) => [.. RegisteredBy(proofs).Concat(Subjects(proofs, SecretUse.Attempts)).Distinct()];

    private Guid[] Subjects(BrowserProof proofs, SecretUse use) => [.. Proofs.Select(proof => proofs.SubjectOf(use, proof)).OfType<Guid>()];

    public override string ToString() => nameof(BrowserEvidence);
}
