using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Http;
using Accounts.Api.Sessions;
using Accounts.Core.SecondFactor.Enrolment;
using Accounts.Core.SignIn;

namespace Accounts.Api.SignIn;

/// <summary>Who adds a second factor, by session or by ticket, and what who came with a ticket is answered.</summary>
public sealed class Enrolling(EnrolmentProof proof, TokenTransport transport, SignInAnswer answer, PendingCookie pending, TicketOwner owner)
{
    /// <inheritdoc cref="EnrolmentProof.BeginAsync"/>
    /// <inheritdoc cref="TicketOwner.DemandAsync" path="/exception"/>
    public async Task<Enroller> BeginAsync(HttpContext context, EnrolmentForm form)
    {
        if (form.Ticket is null)
        {
            return new SignedInEnroller(context.LiveSession());
        }
        await owner.DemandAsync(context, form.Ticket);
        return await proof.BeginAsync(form.Ticket, form.MailCode, context.Device(), context.RequestAborted);
    }

    /// <param name="context">of the request</param>
    /// <param name="ticket">null for who is signed in</param>
    /// <inheritdoc cref="EnrolmentProof.ResumeAsync"/>
    /// <inheritdoc cref="TicketOwner.DemandAsync" path="/exception"/>
    public async Task<Enroller> ResumeAsync(HttpContext context, string? ticket)
    {
        if (ticket is null)
        {
            return new SignedInEnroller(context.LiveSession());
        }
        await owner.DemandAsync(context, ticket);
        return await proof.ResumeAsync(ticket, new FinishingClient(context.Device(), transport.Refusal(context.Request)), context.RequestAborted);
    }

    public EnrolledResponse Answer(HttpContext context, SignedIn signedIn, string[] recoveryCodes)
    {
        pending.Clear(context, PendingCookie.Enrolment);
        var login = answer.To(context, signedIn);
        return new EnrolledResponse(recoveryCodes)
        {
            Access = login.Access,
            AccessExpiresIn = login.AccessExpiresIn,
            Refresh = login.Refresh,
            SessionToken = login.SessionToken,
            User = login.User,
            Restored = login.Restored,
        };
    }
}
