using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Core.Users.Extra;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Users;

[Route("api/auth/me"), ApiEndpoint, Authorize, DisableRateLimiting]
public sealed class MeController(ExtraFields extra) : ControllerBase
{
    /// <summary>Who am I?</summary>
    /// <remarks>The user of the access token, as they are now; of a personal token, with the roles that it has.</remarks>
    [HttpGet, Direct, TakesPersonalToken, Succeeds<UserResponse>]
    public Task<ActionResult<UserResponse>> Me()
    {
        // What the authentication of the request has loaded is all that it needs.
        return Task.FromResult<ActionResult<UserResponse>>(UserResponse.Of(HttpContext.Asking(), extra));
    }
}
