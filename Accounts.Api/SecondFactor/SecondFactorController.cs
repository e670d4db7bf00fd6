using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Sessions;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.SecondFactor;

[Route("api/auth/login/second-factor"), ApiEndpoint, AllowAnonymous, EnableRateLimiting(Throttle.SignIn)]
public sealed class SecondFactorController(SecondFactorSignIn signIn, SignInAnswer answer, TokenTransport transport, PendingCookie pending, TicketOwner owner) : ControllerBase
{
    /// <summary>Sign in with the second factor</summary>
    /// <remarks>
    /// Goes on with a sign-in that was answered `second_factor_required`, as it was asked for then. A ticket is good for 5 minutes, one sign-in and
    /// 5 tries. `invalid_credentials`: it is another code, and may be typed anew. `invalid_ticket`: sign in again. `throttled`: too many codes have
    /// been wrong lately; a recovery code or a passkey still is good. With `trust_device` this browser is not asked again for
    /// a while, which proves nothing: `acr` is `aal1` then, and what asks for more asks.
    /// </remarks>
    [HttpPost]
    [Succeeds<LoginResponse>, SignsIn(ByHeader = false)]
    [TakesCookie(CookieNames.SignInTicket, "the ticket, after the redirect flow"), SetsCookie(CookieNames.SignInTicket, "cleared")]
    [SetsCookie(CookieNames.TrustedDevice, "where `trust_device` asks for it")]
    [Fails(ErrorCode.TicketOfAnotherUser), Fails(ErrorCode.InvalidCredentials, ErrorCode.InvalidTicket), Fails(ErrorCode.AccountFrozen, ErrorCode.AccountDeleted, ErrorCode.EmailNotVerified, ErrorCode.PermissionDenied)]
    public async Task<ActionResult<LoginResponse>> Prove([Form<SecondFactorRequest, SecondFactorForm>] SecondFactorForm form, CancellationToken cancellation)
    {
        await owner.DemandAsync(HttpContext, form.Ticket);
        var finishing = new FinishingClient(HttpContext.Device(), transport.Refusal(Request)) { TrustsDevice = form.TrustsDevice };
        var signedIn = await signIn.SignInAsync(form.Ticket, form.Proof, finishing, cancellation);
        pending.Clear(HttpContext, PendingCookie.SignIn);
        return answer.To(HttpContext, signedIn);
    }
}
