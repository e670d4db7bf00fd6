using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Reauthentication;

/// <summary>What comes of a proof: a token in which it stands, or in session mode a session. To who must have a second factor by now and has none it is worth no more than at a sign-in.</summary>
public sealed class ReproofToken(SessionTokens tokens, SignInDoor door)
{
    /// <returns>with a ticket, which the caller saves; null where a token comes of it</returns>
    /// <exception cref="Failures.PermissionDeniedException">the policy refuses them</exception>
    public Task<SecondFactorDue?> DueAsync(Proven proven, User user, LiveSession live, Device device, CancellationToken cancellation) =>
        door.AskEnrolmentAsync(new Proof(user, proven.Methods), live.SessionId, device, cancellation);

    /// <summary>In session mode inside the transaction of the caller, who saves it.</summary>
    /// <exception cref="Failures.AuthenticationFailedException">the session has ended meanwhile</exception>
    public async Task<Reproved> OfAsync(Proven proven, User user, LiveSession live, Device device, CancellationToken cancellation) => live is LiveTokenSession shown
        ? new Reproved(null, await door.RenewAsync(new Proof(user, proven.Methods) { AuthTime = proven.AuthTime }, shown, device, cancellation))
        : new Reproved(tokens.Prove(live, user, proven.Methods, proven.AuthTime ?? live.Now), null);
}
