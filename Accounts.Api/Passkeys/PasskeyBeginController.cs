using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Passkeys;

[Route("api/auth/login/passkey/begin"), ApiEndpoint, AllowAnonymous, EnableRateLimiting(Throttle.Others)]
public sealed class PasskeyBeginController(PasskeyCeremony ceremony, PasskeyAsker asker, PasskeyRecovery recovery) : ControllerBase
{
    /// <summary>Begin to sign in with a passkey</summary>
    /// <remarks>
    /// What the browser asks an authenticator with, whosever passkey it has: a sign-in page may ask as it loads, and offer the passkeys beside
    /// the form (`mediation: "conditional"`). The authenticator verifies who it is, by PIN, finger or face. With a `ticket` of
    /// `second_factor_required`, or with an access token, of that user's own passkeys: for `second-factor`, or for `reauthenticate`, and nothing else. Who is signed in by the
    /// cookie of session mode says `reauthenticate`.
    /// With the `token` of the mail that freezing has sent, of those before the change: for `security/recover`.
    /// </remarks>
    [HttpPost]
    [Succeeds<PasskeyRequestResponse>, Fails(ErrorCode.InvalidTicket, ErrorCode.NotAuthenticated), Fails(ErrorCode.InvalidToken, ErrorCode.TicketOfAnotherUser), Fails(ErrorCode.EmailTaken)]
    [TakesCookie(CookieNames.SignInTicket, "the ticket, after the redirect flow")]
    public async Task<ActionResult<PasskeyRequestResponse>> Begin([Form<PasskeyBeginRequest, PasskeyBeginForm>] PasskeyBeginForm form)
    {
        if (form.Token is { } token)
        {
            return PasskeyRequestResponse.Of(await recovery.BeginAsync(token, HttpContext));
        }
        var (purpose, user) = await asker.WhoAsync(HttpContext, form.Ticket, form.Reauthenticates);
        return PasskeyRequestResponse.Of(await ceremony.BeginAsync(purpose, user, HttpContext));
    }
}
