using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Admin;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Admin;

/// <summary>What administrators do to a user, and can do the other way round.</summary>
[Route("api/admin/users/{id}"), ApiEndpoint, AdministratorsOnly, EnableRateLimiting(Throttle.Others)]
public sealed class AdminActsController(Administration administration, UserSuspension suspension, UserSignOut signOut, SentMails mails, AdminAnswer answer) : ControllerBase
{
    /// <summary>Deactivate a user</summary>
    /// <remarks>Every session ends, and nobody signs in as them: for good, or with `until` for a time.</remarks>
    /// <param name="id">the user's</param>
    /// <param name="form">why, and until when</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpPost("deactivate"), Succeeds<AdminUserResponse>, Fails(ErrorCode.NotFound, ErrorCode.LastAdministrator)]
    public async Task<ActionResult<AdminUserResponse>> Deactivate(string id, [Form<DeactivationRequest, DeactivationForm>] DeactivationForm form, CancellationToken cancellation) =>
        answer.Show(HttpContext, await administration.DoAsync(AdminAnswer.Id(id), suspension.Begin(form.Reason, form.Until), AdminAnswer.Actor(HttpContext), cancellation));

    /// <summary>Activate a user</summary>
    /// <remarks>Whatever kept them out is over: a deactivation, a deletion that is not carried out yet, a freeze by the link of a mail. Sessions of before stay ended.</remarks>
    /// <param name="id">the user's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpPost("activate"), Succeeds<AdminUserResponse>, Fails(ErrorCode.NotFound)]
    public async Task<ActionResult<AdminUserResponse>> Activate(string id, CancellationToken cancellation) =>
        answer.Show(HttpContext, await administration.DoAsync(AdminAnswer.Id(id), UserSuspension.End, AdminAnswer.Actor(HttpContext), cancellation));

    /// <summary>Sign a user out everywhere</summary>
    /// <remarks>Every session ends, and no device is known or trusted any more.</remarks>
    /// <param name="id">the user's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpPost("logout"), Succeeds<AdminUserResponse>, Fails(ErrorCode.NotFound)]
    public async Task<ActionResult<AdminUserResponse>> Logout(string id, CancellationToken cancellation) =>
        answer.Show(HttpContext, await administration.DoAsync(AdminAnswer.Id(id), signOut.Everywhere(), AdminAnswer.Actor(HttpContext), cancellation));

    /// <summary>Mail a user a link that sets a new password</summary>
    /// <remarks>To their address, good for 30 minutes. The password of now stays until it is followed, and nobody else sees it.</remarks>
    /// <param name="id">the user's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpPost("reset-password"), Succeeds<AdminUserResponse>, Fails(ErrorCode.NotFound, ErrorCode.UserInactive)]
    public async Task<ActionResult<AdminUserResponse>> ResetPassword(string id, CancellationToken cancellation) =>
        answer.Show(HttpContext, await administration.DoAsync(AdminAnswer.Id(id), mails.Reset(), AdminAnswer.Actor(HttpContext), cancellation));

    /// <summary>Mail a user the link that verifies their address</summary>
    /// <remarks>Once more; good for 24 hours.</remarks>
    /// <param name="id">the user's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpPost("resend-verification"), Succeeds<AdminUserResponse>, Fails(ErrorCode.NotFound, ErrorCode.UserInactive, ErrorCode.AlreadyVerified)]
    public async Task<ActionResult<AdminUserResponse>> ResendVerification(string id, CancellationToken cancellation) =>
        answer.Show(HttpContext, await administration.DoAsync(AdminAnswer.Id(id), mails.Verification(), AdminAnswer.Actor(HttpContext), cancellation));
}
