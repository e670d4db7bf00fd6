using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.NewDevices;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn.FactorResets;
using Accounts.Core.SignIn.Tickets;

namespace Accounts.Core.SignIn;

/// <summary>
/// What a sign-in that has waited ends in: all that was asked for with the first factor, and nothing else. In the caller's transaction, saved by
/// the caller, who holds the user's row.
/// </summary>
public sealed class WaitingSignIn(AccountsDb db, SignInTickets tickets, SignInDoor door, WaitingFactorResets resets, SignInNotice notice)
{
    /// <param name="ticket">that is spent by it</param>
    /// <param name="proof">of two factors</param>
    /// <param name="device">as it is known by now</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="AuthenticationFailedException">the ticket was spent meanwhile</exception>
    /// <exception cref="PermissionDeniedException">the policy refuses the user by now</exception>
    public async Task<SignedIn> OpenAsync(SignInTicket ticket, Proof proof, Device device, CancellationToken cancellation)
    {
        await tickets.SpendAsync(ticket, cancellation);
        var outcome = await door.OpenAsync(proof, ticket.Request(device), cancellation);
        if (ticket is { ReplacedUser: { } owner, ReplacedSession: { } replaced } && await db.EndSessionAsync(owner, replaced, SessionEnd.Replaced, cancellation))
        {
            notice.AddReplaced(owner, replaced, device);
        }
        await resets.UsedAsync(proof.User, device, cancellation);
        return outcome.Demand();
    }
}
