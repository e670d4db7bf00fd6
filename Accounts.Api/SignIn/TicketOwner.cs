using Accounts.Api.Sessions;
using Accounts.Core.Failures;
using Accounts.Core.SignIn.Tickets;

namespace Accounts.Api.SignIn;

/// <summary>
/// A ticket counts, whoever is signed in besides. Beside the access token of somebody else it is refused, wherever it comes: one of the two was not
/// meant, and a factor would be added to, or a session opened for, the wrong one.
/// </summary>
public sealed class TicketOwner(SignInTickets tickets, Visitor visitor)
{
    /// <exception cref="RefusedException">a live session of another user came along</exception>
    public async Task DemandAsync(HttpContext context, string ticket)
    {
        if (await visitor.BearerAsync(context, context.RequestAborted) is { User.Id: var signedIn }
            && await tickets.OwnerAsync(ticket, context.RequestAborted) is { } owner && owner != signedIn)
        {
            throw new RefusedException(ErrorCode.TicketOfAnotherUser);
        }
    }
}
