using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.SecondFactor.Enrolment;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.SecondFactor;

/// <summary>Adding a second factor that a sign-in waits for begins in the account's mailbox.</summary>
[Route("api/auth/login/enrolment/mail"), ApiEndpoint, AllowAnonymous, EnableRateLimiting(Throttle.SignIn)]
public sealed class EnrolmentMailController(EnrolmentMailing mailing, TicketOwner owner) : ControllerBase
{
    /// <summary>Have the code mailed that adding a second factor asks for</summary>
    /// <remarks>
    /// For who signs in, must have a second factor and has none (403 `second_factor_enrolment_required`). The code is good for 10 minutes, with that
    /// ticket, and for 5 tries: `mail_code` of `factors/totp/begin/` or `factors/passkeys/begin/`. `throttled`: no mail has gone, for another did a moment ago; its code
    /// counts with the ticket that it was asked for with.
    /// </remarks>
    [HttpPost]
    [Says<DetailResponse>("A code has been sent to your address."), Fails(ErrorCode.InvalidTicket), Fails(ErrorCode.TicketOfAnotherUser)]
    [TakesCookie(CookieNames.EnrolmentTicket, "the ticket, after the redirect flow"), TakesCookie(CookieNames.Device, "a device that is known already")]
    public async Task<ActionResult<DetailResponse>> Send([Form<EnrolmentMailRequest, string>] string ticket, CancellationToken cancellation)
    {
        await owner.DemandAsync(HttpContext, ticket);
        await mailing.SendAsync(ticket, HttpContext.Device(), cancellation);
        return new DetailResponse(HttpContext.Say("A code has been sent to your address."));
    }
}

/// <summary>The body of login/enrolment/mail.</summary>
public sealed record EnrolmentMailRequest : IRequest<string>
{
    [Described("Of the answer `second_factor_enrolment_required`. Where it is missing, the cookie of the redirect flow counts.", Example = Examples.MailedToken)]
    public Field Ticket { get; init; }

    public string Read(FieldReader fields) => fields.Pending("ticket", Ticket, PendingCookie.Enrolment)!;
}
