using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Social.Completion;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Social;

[Route("api/auth/social/complete/confirm"), ApiEndpoint, AllowAnonymous, EnableRateLimiting(Throttle.SignIn)]
public sealed class SocialConfirmationController(
    SocialCompletionConfirmation confirmation, SocialProviders providers, ClientSignIn client, SignInAnswer answer, PendingCookie pending) : ControllerBase
{
    /// <summary>Sign in with the code that the mailed link shows</summary>
    /// <remarks>
    /// Makes the account, with the address verified and the identity connected. Where somebody has the address, the answer is `account_exists`,
    /// with a `link_token` for `link`. A ticket is good for 5 tries. `invalid_token`: start again at the provider. `invalid_credentials`: it is
    /// another code, and may be typed anew. `throttled`: 20 codes for the address have been wrong within a day.
    /// </remarks>
    [HttpPost]
    [Succeeds<LoginResponse>]
    [Fails(ErrorCode.InvalidToken), Fails(ErrorCode.InvalidCredentials), Fails(ErrorCode.RegistrationClosed, ErrorCode.SecondFactorRequired, ErrorCode.SecondFactorEnrolmentRequired, ErrorCode.PermissionDenied)]
    [Fails(ErrorCode.AccountExists), Fails(ErrorCode.EmailTaken)]
    [SignsIn, TakesCookie(CookieNames.SocialTicket, "the ticket, after the redirect flow"), SetsCookie(CookieNames.SocialTicket, "cleared")]
    public async Task<ActionResult<LoginResponse>> Confirm(
        [Form<SocialConfirmationRequest, SocialConfirmationForm>] SocialConfirmationForm form, CancellationToken cancellation)
    {
        var request = client.Request(HttpContext, form.Remember);
        var signedIn = await confirmation.ConfirmAsync(form.Ticket, form.Code, providers.ProofNames(Request), request, cancellation);
        pending.Clear(HttpContext, PendingCookie.Ticket);
        return answer.To(HttpContext, signedIn);
    }
}
