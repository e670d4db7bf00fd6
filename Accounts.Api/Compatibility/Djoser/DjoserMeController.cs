using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Http;
using Accounts.Api.Passwords;
using Accounts.Api.Profile;
using Accounts.Core.Deletion;
using Accounts.Core.Profile;
using Accounts.Core.Reauthentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Compatibility.Djoser;

/// <summary>djoser 2, who is signed in.</summary>
[Mounted(Library.Djoser), DrfErrors, ApiEndpoint, Authorize, ApiExplorerSettings(IgnoreApi = true)]
public sealed class DjoserMeController(ProfileChange profile, AccountDeletion deletion, PasswordConfirmation confirmation, AliasPasswords passwords, SignedInCookies cookies) : ControllerBase
{
    private const string WrongPassword = "password", CurrentPassword = "current_password";

    [HttpGet("users/me"), TakesPersonalToken, DisableRateLimiting]
    public DjoserUserResponse Me() => DjoserUserResponse.Of(HttpContext.Asking());

    [HttpPatch("users/me"), EnableRateLimiting(Throttle.Others)]
    public Task<DjoserUserResponse> Patch([Form<ProfilePatchRequest, ProfileForm>] ProfileForm form, CancellationToken cancellation) => ChangeAsync(form, cancellation);

    [HttpPut("users/me"), EnableRateLimiting(Throttle.Others)]
    public Task<DjoserUserResponse> Put([Form<ProfilePatchRequest, ProfileForm>] ProfileForm form, CancellationToken cancellation) => ChangeAsync(form, cancellation);

    [HttpDelete("users/me"), EnableRateLimiting(Throttle.SignIn), Renames(WrongPassword, CurrentPassword)]
    public async Task<IActionResult> Delete([Form<DjoserDeletionRequest, string>] string password, CancellationToken cancellation)
    {
        await deletion.DeleteAsync(password, HttpContext.LiveSession(), HttpContext.Device(), cancellation);
        cookies.Clear(HttpContext);
        return NoContent();
    }

    /// <summary>The session goes on where its token came along: a cookie by itself, a refresh token as <c>refresh</c> in the body.</summary>
    [HttpPost("users/set_password"), EnableRateLimiting(Throttle.SignIn), Renames("old_password", CurrentPassword)]
    public async Task<IActionResult> SetPassword([Form<DjoserPasswordRequest, PasswordChangeInput>] PasswordChangeInput input, CancellationToken cancellation)
    {
        var tokens = await passwords.ChangeAsync(HttpContext, input.Form, input.Refresh, cancellation);
        return tokens?.Refresh is { } refresh ? Ok(new TokenPairResponse(refresh, tokens.Access!)) : NoContent();
    }

    /// <summary>Takes the password, as djoser does; the proof is good for this alone.</summary>
    [HttpPost("users/set_username"), EnableRateLimiting(Throttle.SignIn), Renames(WrongPassword, CurrentPassword), Renames("username", "new_username")]
    public async Task<IActionResult> SetUsername([Form<DjoserUsernameRequest, DjoserUsernameForm>] DjoserUsernameForm form, CancellationToken cancellation)
    {
        var live = HttpContext.LiveSession();
        await confirmation.DemandAsync(form.Password, live, HttpContext.Device(), cancellation);
        await profile.ChangeAsync(new ProfileForm { Username = form.Username }, live, HttpContext.Device(), cancellation);
        return NoContent();
    }

    private async Task<DjoserUserResponse> ChangeAsync(ProfileForm form, CancellationToken cancellation) =>
        DjoserUserResponse.Of(await profile.ChangeAsync(form, HttpContext.LiveSession(), HttpContext.Device(), cancellation));
}
