using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.MailedTokens;
using Accounts.Api.SignIn;
using Accounts.Core.EmailCodes;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.EmailCodes;

[Route("api/auth/login/code/confirm"), ApiEndpoint, AllowAnonymous, TypeFilter<EmailCodesSwitch>]
public sealed class EmailCodeConfirmationController(
    MailSignInConfirmation confirmation, Attempts attempts, ClientSignIn client, SignInAnswer answer) : ControllerBase
{
    /// <summary>Sign in by the mailed code or link</summary>
    /// <remarks>
    /// By the `code` of the mail, or by the `token` of its link; either counts only in the browser that had the mail sent, by its cookie or by the
    /// `attempt` that it was given. An account whose address was not verified is its reader's from now on, verified, and loses its password,
    /// sessions and connected accounts. After five wrong codes the link still works, in that browser. Who has deleted the account gets
    /// `account_deleted`, and with `restore` and the same code has it back. Who has a second factor gets `second_factor_required`: code and link are
    /// spent, and the ticket goes on. `email_taken`: nobody has the address, and who had it may have it back.
    /// </remarks>
    [HttpPost, EnableRateLimiting(Throttle.SignIn)]
    [Succeeds<LoginResponse>, SignsIn]
    [Fails(ErrorCode.InvalidToken), Fails(ErrorCode.NotFound), Fails(ErrorCode.EmailTaken)]
    [Fails(ErrorCode.AccountFrozen, ErrorCode.AccountDeleted, ErrorCode.SecondFactorRequired, ErrorCode.SecondFactorEnrolmentRequired, ErrorCode.RegistrationClosed, ErrorCode.PermissionDenied)]
    [TakesCookie(CookieNames.Attempt, "shows that this browser had the mail sent")]
    public async Task<ActionResult<LoginResponse>> Confirm([Form<EmailCodeConfirmRequest, EmailCodeInput>] EmailCodeInput input, CancellationToken cancellation)
    {
        var request = client.Request(HttpContext, input.Remember, input.Restore);
        return answer.To(HttpContext, await confirmation.ConfirmAsync(input.Form, attempts.AllOf(HttpContext, input.Attempt), request, cancellation));
    }
}
