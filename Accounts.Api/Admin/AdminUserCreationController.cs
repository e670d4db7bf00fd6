using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Admin;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Admin;

/// <summary>Users whom administrators make.</summary>
[Route("api/admin/users"), ApiEndpoint, AdministratorsOnly, EnableRateLimiting(Throttle.Others)]
public sealed class AdminUserCreationController(UserCreation creation, AdminAnswer answer) : ControllerBase
{
    /// <summary>Make an account for somebody</summary>
    /// <remarks>
    /// Whether or not people may sign up. A link goes to the address, good for 7 days: it sets the password and verifies the address, and before nobody gets in.
    /// `reset-password` sends another. Roles are given when the address is verified.
    /// </remarks>
    /// <param name="form">whom</param>
    /// <param name="cancellation">ends the wait</param>
    [HttpPost, Succeeds<AdminUserResponse>(StatusCodes.Status201Created)]
    public async Task<IActionResult> Create([Form<NewUserRequest, NewUserForm>] NewUserForm form, CancellationToken cancellation) =>
        StatusCode(StatusCodes.Status201Created, answer.Show(HttpContext, await creation.CreateAsync(form, AdminAnswer.Actor(HttpContext), cancellation)));
}
