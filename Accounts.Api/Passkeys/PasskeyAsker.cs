using Accounts.Api.Cookies;
using Accounts.Api.Sessions;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Passkeys;
using Accounts.Core.SignIn.Tickets;
using Accounts.Core.Users;

namespace Accounts.Api.Passkeys;

/// <summary>For what, and of whom, a browser asks for a passkey.</summary>
public sealed class PasskeyAsker(KnownPasskeys passkeys, SignInTickets tickets, Visitor visitor, PendingCookie pending, TicketOwner owner)
{
    /// <param name="context">of the request</param>
    /// <param name="ticket">of a sign-in that waits; empty for that of the cookie: a page that asks for anybody's passkey asks for no cookie's. Null for none</param>
    /// <param name="reauthenticates">whether who is signed in, by the cookie of session mode perhaps, proves it once more; who sends an access token does without saying so</param>
    /// <returns>null for whoever has one</returns>
    /// <exception cref="AuthenticationFailedException">the ticket is good for nothing any more, or nobody is signed in who could prove it</exception>
    /// <inheritdoc cref="TicketOwner.DemandAsync" path="/exception"/>
    public async Task<(PasskeyPurpose Purpose, User? User)> WhoAsync(HttpContext context, string? ticket, bool reauthenticates)
    {
        if (ticket is not null)
        {
            var kept = ticket.Length > 0 ? ticket : pending.Read(context, PendingCookie.SignIn) ?? "";
            await owner.DemandAsync(context, kept);
            return (PasskeyPurpose.SecondFactor, await tickets.UserOfAsync(kept, context.RequestAborted));
        }
        var live = reauthenticates
            ? await visitor.SignedInAsync(context, context.RequestAborted) ?? throw new AuthenticationFailedException(ErrorCode.NotAuthenticated)
            : await visitor.BearerAsync(context, context.RequestAborted);
        return live is { User.Id: var id }
            ? (PasskeyPurpose.Reauthenticate, await passkeys.UserAsync(id, context.RequestAborted))
            : (PasskeyPurpose.SignIn, null);
    }
}
