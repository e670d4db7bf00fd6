using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Admin;
using Accounts.Core.Failures;
using Accounts.Core.Profile;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Admin;

/// <summary>The users, for administrators.</summary>
[Route("api/admin/users"), ApiEndpoint, AdministratorsOnly, EnableRateLimiting(Throttle.Others)]
public sealed class AdminUsersController(UserDirectory directory, Administration administration, UserRemoval removal, AdminAnswer answer, IOptions<SiteOptions> site) : ControllerBase
{
    /// <summary>List users</summary>
    /// <remarks>
    /// The newest first, unless `ordering` says otherwise. `search` finds usernames and addresses that begin so, whatever the case of ASCII letters;
    /// `%` and `_` stand for themselves.
    /// </remarks>
    /// <param name="asked">for which</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpGet, RecordsRead("users"), Succeeds<AdminUsersResponse>, Fails(ErrorCode.BadRequest, HasFields = true), Fails(ErrorCode.NotFound)]
    public async Task<ActionResult<AdminUsersResponse>> List([FromQuery] UserListRequest asked, CancellationToken cancellation)
    {
        var number = asked.PageNumber();
        var found = await directory.ListAsync(asked.Query(), number.Number, number.Size, cancellation);
        var (next, previous) = number.Around(Request, $"{site.Value.Origin}/api/admin/users/", found.Count);
        return new AdminUsersResponse(found.Count, next, previous, [.. found.Users.Select(answer.Show)]);
    }

    /// <summary>Show a user</summary>
    /// <remarks>As they are now, with their version as `ETag`.</remarks>
    /// <param name="id">the user's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpGet("{id}"), RecordsRead("user"), Succeeds<AdminUserResponse>, Fails(ErrorCode.NotFound)]
    public async Task<ActionResult<AdminUserResponse>> Show(string id, CancellationToken cancellation) =>
        answer.Show(HttpContext, await directory.FindAsync(AdminAnswer.Id(id), cancellation));

    /// <summary>Change what a user is called</summary>
    /// <remarks>What is not sent stays. What is not to be changed here, `email`, `email_verified`, `roles` or `is_active`, is ignored. With `If-Match` it is refused where the user is of another version.</remarks>
    /// <param name="id">the user's</param>
    /// <param name="form">what changes</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpPatch("{id}"), Succeeds<AdminUserResponse>, Fails(ErrorCode.NotFound, ErrorCode.Stale)]
    [TakesHeader("If-Match", "The `ETag` that the user was read with.")]
    public async Task<ActionResult<AdminUserResponse>> Change(string id, [Form<UserPatchRequest, ProfileForm>] ProfileForm form, CancellationToken cancellation) => answer.Show(
        HttpContext, await administration.DoAsync(AdminAnswer.Id(id), UserChange.To(form) with { Version = AdminAnswer.Version(Request) }, AdminAnswer.Actor(HttpContext), cancellation));

    /// <summary>Delete a user</summary>
    /// <remarks>Out at once, and told by mail; erased after `Accounts__Deletion__Delay`, and never before 7 days. Until then `activate` has the account back, and nothing else.</remarks>
    /// <param name="id">the user's</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpDelete("{id}"), DemandsStepUp, Succeeds<AdminUserResponse>, Fails(ErrorCode.NotFound, ErrorCode.ReauthenticationRequired, ErrorCode.LastAdministrator)]
    public async Task<ActionResult<AdminUserResponse>> Delete(string id, CancellationToken cancellation) =>
        answer.Show(HttpContext, await administration.DoAsync(AdminAnswer.Id(id), removal.Begin(), AdminAnswer.Actor(HttpContext), cancellation));
}
