using Accounts.Core.MailedTokens;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Registration;

/// <summary>What signing up adds to signing in: no way in, but the links that would verify the address of an account that is another's by now.</summary>
internal sealed class RegistrationPart(MailedTokenStore tokens) : ISignInPart
{
    public SignInMethod? MethodOf(string way) => null;

    public Task RevokeAsync(User user, RevocationReason reason, Device device, CancellationToken cancellation) =>
        reason == RevocationReason.Disowned ? tokens.SpendAllAsync(user, TokenPurpose.Verify, cancellation) : Task.CompletedTask;
}
