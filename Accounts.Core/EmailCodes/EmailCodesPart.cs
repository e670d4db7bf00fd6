using Accounts.Core.MailedTokens;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.EmailCodes;

/// <summary>
/// What mailed codes add to signing in: no way of the user's own, for whoever reads the mail has it as long as the feature is on; but mails that
/// are under way and would sign in after the ways in have become others.
/// </summary>
internal sealed class EmailCodesPart(MailedTokenStore tokens) : ISignInPart
{
    public SignInMethod? MethodOf(string way) => null;

    public Task RevokeAsync(User user, RevocationReason reason, Device device, CancellationToken cancellation) =>
        reason == RevocationReason.ConfirmedElsewhere ? Task.CompletedTask : tokens.RevokeAsync(user, TokenPurpose.SignIn, cancellation);
}
