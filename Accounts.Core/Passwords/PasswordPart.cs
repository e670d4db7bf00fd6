using Accounts.Core.MailedTokens;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Passwords;

/// <summary>What passwords add to signing in: a way in, and the links that would set another one.</summary>
internal sealed class PasswordPart(MailedTokenStore tokens) : ISignInPart
{
    private static readonly SignInMethod Password = new(User.PasswordWay, "password");

    public SignInMethod? MethodOf(string way) => way == Password.Name ? Password : null;

    /// <summary>
    /// The password is another now: other links that would set one are dead. A change of address that somebody has begun is in any case: it would
    /// lead away from the mailbox that has just spoken. Of somebody who never proved an address the password goes, too.
    /// </summary>
    public async Task RevokeAsync(User user, RevocationReason reason, Device device, CancellationToken cancellation)
    {
        await tokens.RevokeAsync(user, TokenPurpose.Change, cancellation);
        if (reason is RevocationReason.ConfirmedElsewhere or RevocationReason.FactorsReset)
        {
            return;
        }
        await tokens.RevokeAsync(user, TokenPurpose.Reset, cancellation);
        if (reason == RevocationReason.Disowned)
        {
            user.RemovePassword();
        }
    }
}
