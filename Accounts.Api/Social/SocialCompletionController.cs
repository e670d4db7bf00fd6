using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Social.Completion;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Social;

/// <summary>What ends <c>email_required</c>.</summary>
[Route("api/auth/social/complete"), ApiEndpoint, AllowAnonymous]
public sealed class SocialCompletionController(SocialCompletion completion, CompletionCode shown, PendingCookie pending) : ControllerBase
{
    private const string Sent = "A mail is on its way. Its link shows a code.";

    /// <summary>Name the address that is missing</summary>
    /// <remarks>
    /// Mails a link that shows 6 digits, for `complete/confirm`: good for 10 minutes, with this ticket alone. Another takes the place of the
    /// one before. Answers the same whatever the address, so that nobody learns who has an account.
    /// </remarks>
    [HttpPost, EnableRateLimiting(Throttle.Registration)]
    [Says<DetailResponse>(Sent), Fails(ErrorCode.InvalidToken)]
    [TakesCookie(CookieNames.SocialTicket, "the ticket, after the redirect flow"), SetsCookie(CookieNames.SocialTicket, "for 10 minutes more")]
    public async Task<ActionResult<DetailResponse>> Ask([Form<SocialCompletionRequest, SocialCompletionForm>] SocialCompletionForm form, CancellationToken cancellation)
    {
        await completion.AskAsync(form.Ticket, form.Email, HttpContext.Device(), cancellation);
        pending.Renew(HttpContext, PendingCookie.Ticket);
        return new DetailResponse(HttpContext.Say(Sent));
    }

    /// <summary>Show the code of the mailed link</summary>
    /// <remarks>What our page `/address` asks for. It changes nothing: the code counts where the sign-in waits, with the ticket.</remarks>
    [HttpPost("code"), EnableRateLimiting(Throttle.Others)]
    [Succeeds<SocialCodeResponse>, Fails(ErrorCode.InvalidToken)]
    public async Task<ActionResult<SocialCodeResponse>> Show([Form<SocialCodeRequest, SocialCodeForm>] SocialCodeForm form, CancellationToken cancellation)
    {
        var code = await shown.ShowAsync(form.Token, cancellation);
        return new SocialCodeResponse(code.Code, code.Provider, code.Email);
    }
}
