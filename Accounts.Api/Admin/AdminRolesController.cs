using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Admin;
using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Admin;

/// <summary>Who holds which roles.</summary>
[Route("api/admin/users/{id}/roles"), ApiEndpoint, AdministratorsOnly, EnableRateLimiting(Throttle.Others)]
public sealed class AdminRolesController(Administration administration, RoleChange change, AdminAnswer answer) : ControllerBase
{
    /// <summary>Give a user their roles</summary>
    /// <remarks>All at once: what is not sent is taken away. It counts at once here; access tokens tell other services of it when they are renewed. Only who is verified holds roles. With `If-Match` it is refused where the user is of another version.</remarks>
    /// <param name="id">the user's</param>
    /// <param name="roles">all that they are to hold</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpPut, DemandsStepUp, Succeeds<AdminUserResponse>, Fails(ErrorCode.NotFound, ErrorCode.ReauthenticationRequired, ErrorCode.LastAdministrator, ErrorCode.Stale)]
    [TakesHeader("If-Match", "The `ETag` that the user was read with.")]
    public async Task<ActionResult<AdminUserResponse>> Put(string id, [Form<RolesRequest, RoleNames>] RoleNames roles, CancellationToken cancellation) =>
        answer.Show(HttpContext, await administration.DoAsync(AdminAnswer.Id(id), change.To(roles) with { Version = AdminAnswer.Version(Request) }, AdminAnswer.Actor(HttpContext), cancellation));
}
