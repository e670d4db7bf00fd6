using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.Users;
using Accounts.Core.Profile;
using Accounts.Core.Users.Extra;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Profile;

[Route("api/auth/me"), ApiEndpoint, Authorize, EnableRateLimiting(Throttle.Others)]
public sealed class ProfileController(ProfileChange profile, ExtraFields extra) : ControllerBase
{
    /// <summary>Change some of what I am called</summary>
    /// <remarks>What is not sent stays. What is not to be changed here, `id`, `email` or `roles`, is ignored.</remarks>
    [HttpPatch, Succeeds<UserResponse>]
    public Task<ActionResult<UserResponse>> Patch([Form<ProfilePatchRequest, ProfileForm>] ProfileForm form, CancellationToken cancellation) =>
        ChangeAsync(form, cancellation);

    /// <summary>Change what I am called</summary>
    /// <remarks>As PATCH, and the username must be there. As in Django REST framework the others, which may be blank, stay where they are not sent.</remarks>
    [HttpPut, Succeeds<UserResponse>]
    public Task<ActionResult<UserResponse>> Put([Form<ProfilePutRequest, ProfileForm>] ProfileForm form, CancellationToken cancellation) =>
        ChangeAsync(form, cancellation);

    private async Task<ActionResult<UserResponse>> ChangeAsync(ProfileForm form, CancellationToken cancellation) =>
        UserResponse.Of(await profile.ChangeAsync(form, HttpContext.LiveSession(), HttpContext.Device(), cancellation), extra);
}
