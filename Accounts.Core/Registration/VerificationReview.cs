using Accounts.Core.Failures;
using Accounts.Core.Registration.Pending;
using Accounts.Core.Secrets;

namespace Accounts.Core.Registration;

/// <summary>What the confirm page shows before anything is confirmed.</summary>
/// <param name="Username">of the account, or of the sign-up that it would be made of</param>
/// <param name="Email">that is confirmed</param>
/// <param name="Verified">whether it is already</param>
/// <param name="SameBrowser">whether this is the browser that registered</param>
/// <param name="PasswordNeeded">whether a password is to be chosen here</param>
public sealed record PendingVerification(string Username, string Email, bool Verified, bool SameBrowser, bool PasswordNeeded);

/// <summary>The page that a verification link opens: it looks, which changes nothing.</summary>
public sealed class VerificationReview(PresentedVerification presented, SignUpConfirmation signUps, BrowserProof proofs)
{
    /// <exception cref="RefusedException">the token is not good</exception>
    public async Task<PendingVerification> LookAsync(string token, BrowserEvidence evidence, CancellationToken cancellation)
    {
        var found = await presented.FindAsync(token, cancellation);
        if (found.SignUp is { } signUp)
        {
            var own = await signUps.OwnAsync(signUp, evidence, cancellation);
            return new PendingVerification((own ?? signUp).Username, signUp.Email, Verified: false, SameBrowser: own is not null, PasswordNeeded: own is null);
        }
        var user = found.User!;
        return new PendingVerification(user.UserName!, user.Email!, user.EmailConfirmed, evidence.IsOf(user, proofs), PasswordNeeded: false);
    }
}
