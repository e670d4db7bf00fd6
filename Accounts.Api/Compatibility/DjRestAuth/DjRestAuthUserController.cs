using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Api.Passwords;
using Accounts.Api.Profile;
using Accounts.Core.Profile;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Compatibility.DjRestAuth;

/// <summary>dj-rest-auth, who is signed in.</summary>
[Mounted(Library.DjRestAuth), DrfErrors, ApiEndpoint, Authorize, ApiExplorerSettings(IgnoreApi = true)]
public sealed class DjRestAuthUserController(ProfileChange profile, AliasPasswords passwords) : ControllerBase
{
    [HttpGet("user"), TakesPersonalToken, DisableRateLimiting]
    public DjRestAuthUserResponse Show() => DjRestAuthUserResponse.Of(HttpContext.Asking());

    [HttpPatch("user"), EnableRateLimiting(Throttle.Others)]
    public Task<DjRestAuthUserResponse> Patch([Form<ProfilePatchRequest, ProfileForm>] ProfileForm form, CancellationToken cancellation) => ChangeAsync(form, cancellation);

    [HttpPut("user"), EnableRateLimiting(Throttle.Others)]
    public Task<DjRestAuthUserResponse> Put([Form<ProfilePutRequest, ProfileForm>] ProfileForm form, CancellationToken cancellation) => ChangeAsync(form, cancellation);

    /// <summary>The session goes on where its token came along; the new tokens stand beside the detail.</summary>
    [HttpPost("password/change"), EnableRateLimiting(Throttle.SignIn)]
    public async Task<PasswordChangeResponse> ChangePassword([Form<DjRestAuthPasswordRequest, PasswordChangeInput>] PasswordChangeInput input, CancellationToken cancellation) =>
        PasswordChangeResponse.Of(await passwords.ChangeAsync(HttpContext, input.Form, input.Refresh, cancellation), HttpContext.Say) with { User = null };

    private async Task<DjRestAuthUserResponse> ChangeAsync(ProfileForm form, CancellationToken cancellation) =>
        DjRestAuthUserResponse.Of(await profile.ChangeAsync(form, HttpContext.LiveSession(), HttpContext.Device(), cancellation));
}
