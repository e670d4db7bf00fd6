using Accounts.Api.Cookies;
using Accounts.Api.Sessions;
using Accounts.Core.Failures;
using Accounts.Core.Passkeys;
using Accounts.Core.SignIn.Tickets;
using Accounts.Core.Users;

namespace Accounts.Api.Passkeys;

/// <summary>For what, and of whom, a browser asks for a passkey.</summary>
public sealed class PasskeyAsker(KnownPasskeys passkeys, SignInTickets tickets, Visitor visitor, PendingCookie pending)
{
    /// <param name="context">of the request</param>
    /// <param name="ticket">of a sign-in that waits; null for none</param>
    /// <returns>null for whoever has one</returns>
    /// <exception cref="AuthenticationFailedException">the ticket is good for nothing any more</exception>
    public async Task<(PasskeyPurpose Purpose, User? User)> WhoAsync(HttpContext context, string? ticket)
    {
        if (ticket is not null)
        {
            return (PasskeyPurpose.SecondFactor, await tickets.UserOfAsync(ticket, context.RequestAborted));
        }
        if (await visitor.BearerAsync(context, context.RequestAborted) is { User.Id: var id })
        {
            return (PasskeyPurpose.Reauthenticate, await passkeys.UserAsync(id, context.RequestAborted));
        }
        // What a browser still has of a sign-in that is over is no reason to show it no passkeys.
        return pending.Read(context, PendingCookie.SignIn) is { Length: > 0 } kept && await tickets.FindUserAsync(kept, context.RequestAborted) is { } user
            ? (PasskeyPurpose.SecondFactor, user)
            : (PasskeyPurpose.SignIn, null);
    }
}
