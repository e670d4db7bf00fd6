using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Invitations;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Admin;

/// <summary>Who is invited to make an account.</summary>
[Route("api/admin/invitations"), ApiEndpoint, AdministratorsOnly, EnableRateLimiting(Throttle.Others)]
public sealed class AdminInvitationsController(InvitationList list, InvitationSending sending, InvitationWithdrawal withdrawal, IOptions<SiteOptions> site) : ControllerBase
{
    private const int UsualSize = 25;

    /// <summary>List invitations</summary>
    /// <remarks>The newest first, and those alone that can still be accepted.</remarks>
    /// <param name="page">from 1 on; 404 behind the last</param>
    /// <param name="pageSize">how many are on one: 25, at most 100</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpGet, RecordsRead("invitations"), Succeeds<InvitationsResponse>, Fails(ErrorCode.NotFound)]
    public async Task<ActionResult<InvitationsResponse>> List([FromQuery] string? page, [FromQuery(Name = "page_size")] string? pageSize, CancellationToken cancellation)
    {
        var number = PageNumber.Of(page, pageSize, UsualSize);
        var found = await list.ReadAsync(number.Number, number.Size, cancellation);
        var (next, previous) = number.Around(Request, $"{site.Value.Origin}/api/admin/invitations/", found.Count);
        return new InvitationsResponse(found.Count, next, previous, [.. found.Invitations.Select(InvitationResponse.Of)]);
    }

    /// <summary>Invite somebody</summary>
    /// <remarks>
    /// Whether or not people may sign up: a mail with a link goes to the address, and `register` takes its token. The account is verified then, and holds `roles`, if who
    /// invites still is an administrator. Another invitation to the same address takes the place of the former, whose link is dead.
    /// </remarks>
    /// <param name="form">whom</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpPost, DemandsStepUp, Succeeds<InvitationResponse>(StatusCodes.Status201Created), Fails(ErrorCode.ReauthenticationRequired)]
    public async Task<IActionResult> Send([Form<InvitationRequest, InvitationForm>] InvitationForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created, InvitationResponse.Of(await sending.SendAsync(form, AdminAnswer.Actor(HttpContext), cancellation)));

    /// <summary>Withdraw an invitation</summary>
    /// <remarks>Its link is dead from then on.</remarks>
    /// <param name="id">the invitation's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpDelete("{id}"), Succeeds(StatusCodes.Status204NoContent), Fails(ErrorCode.NotFound)]
    public async Task<IActionResult> Withdraw(string id, CancellationToken cancellation)
    {
        await withdrawal.WithdrawAsync(AdminAnswer.Id(id), AdminAnswer.Actor(HttpContext), cancellation);
        return NoContent();
    }
}
