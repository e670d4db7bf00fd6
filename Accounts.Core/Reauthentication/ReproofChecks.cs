using Accounts.Core.Passwords;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Reauthentication;

/// <summary>Checks what somebody proves once more who they are by.</summary>
public sealed class ReproofChecks(PasswordVerification passwords, FactorChecks factors, MailedReproof mail, ProviderReproof provider)
{
    /// <inheritdoc cref="Reauthenticator.ProveAsync"/>
    public async Task<Proven> DemandAsync(Reproof given, User user, LiveSession live, Device device, CancellationToken cancellation)
    {
        switch (given)
        {
            case ReproofByPassword by:
                await passwords.DemandAsync(user, TypedPassword.ToConfirm(by.Password), device, cancellation);
                return new Proven(PasswordVerification.Method);
            case ReproofByFactor by:
                return new Proven(await factors.DemandAsync(user, by.Proof, device, cancellation));
            case ReproofByMail by:
                await mail.DemandAsync(live, user, by.Code, device, cancellation);
                return new Proven(SignInMethods.MailedCode);
            case ReproofByProvider by:
                return await provider.DemandAsync(live, by, cancellation);
            default:
                throw new ArgumentOutOfRangeException(nameof(given));
        }
    }
}
