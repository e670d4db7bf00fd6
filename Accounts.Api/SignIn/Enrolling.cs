using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Http;
using Accounts.Api.Sessions;
using Accounts.Core.SecondFactor.Enrolment;
using Accounts.Core.SignIn;

namespace Accounts.Api.SignIn;

/// <summary>Who adds a second factor, by session or by ticket, and what who came with a ticket is answered.</summary>
public sealed class Enrolling(EnrolmentProof proof, TokenTransport transport, SignInAnswer answer, PendingCookie pending)
{
    /// <inheritdoc cref="EnrolmentProof.BeginAsync"/>
    public async Task<Enroller> BeginAsync(HttpContext context, EnrolmentForm form) => form.Ticket is null
        ? new SignedInEnroller(context.LiveSession())
        : await proof.BeginAsync(form.Ticket, form.MailCode, context.Device(), context.RequestAborted);

    /// <param name="context">of the request</param>
    /// <param name="ticket">null for who is signed in</param>
    /// <inheritdoc cref="EnrolmentProof.ResumeAsync"/>
    public async Task<Enroller> ResumeAsync(HttpContext context, string? ticket) => ticket is null
        ? new SignedInEnroller(context.LiveSession())
        : await proof.ResumeAsync(ticket, new FinishingClient(context.Device(), transport.Refusal(context.Request)), context.RequestAborted);

    public EnrolledResponse Answer(HttpContext context, SignedIn signedIn, string[] recoveryCodes)
    {
        pending.Clear(context, PendingCookie.Enrolment);
        var login = answer.To(context, signedIn);
        return new EnrolledResponse(recoveryCodes)
        {
            Access = login.Access,
            AccessExpiresIn = login.AccessExpiresIn,
            Refresh = login.Refresh,
            User = login.User,
            Restored = login.Restored,
        };
    }
}
