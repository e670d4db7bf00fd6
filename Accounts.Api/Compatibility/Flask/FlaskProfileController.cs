using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Core.EmailChange;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.Profile;
using Accounts.Core.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Compatibility.Flask;

/// <summary>The same tutorial: who is signed in.</summary>
[Mounted(Library.Flask), FlaskErrors("error", Flag = "ok"), ApiEndpoint, Authorize, ApiExplorerSettings(IgnoreApi = true)]
[Tells(ErrorCode.NotAuthenticated, 401, "Login required"), Tells(ErrorCode.TokenNotValid, 401, "Login required")]
public sealed class FlaskProfileController(ProfileChange profile, AddressChange address, StepUp stepUp, AliasPasswords passwords) : ControllerBase
{
    [HttpGet("auth/profile"), TakesPersonalToken, DisableRateLimiting]
    public FlaskCurrentUserResponse Show() => FlaskCurrentUserResponse.Of(HttpContext.Asking());

    /// <summary>A new address takes a sign-in of a moment ago, and is theirs once the mail to it is confirmed. Nobody is told here whose it is.</summary>
    [HttpPut("auth/update_profile"), EnableRateLimiting(Throttle.SignIn)]
    [TellsField("username", 409, "Username already taken", IsTaken = true)]
    public async Task<FlaskOkResponse> Update([Form<FlaskProfileRequest, FlaskProfileForm>] FlaskProfileForm form, CancellationToken cancellation)
    {
        var live = HttpContext.LiveSession();
        if (form.NewEmail is not null)
        {
            // Before the name is changed: half of it done is worse than none.
            stepUp.Demand(live);
        }
        await profile.ChangeAsync(new ProfileForm { Username = form.Username }, live, HttpContext.Device(), cancellation);
        if (form.NewEmail is { } email)
        {
            await address.AskAsync(new AddressChangeForm(email, null), live, HttpContext.Device(), cancellation);
        }
        return FlaskOkResponse.Of("Profile updated");
    }

    [HttpPut("auth/change_password"), EnableRateLimiting(Throttle.SignIn)]
    [TellsField("old_password", 401, "Current password incorrect"), TellsField("current_password", 401, "Current password incorrect")]
    public async Task<FlaskOkResponse> ChangePassword([Form<FlaskPasswordRequest, PasswordChangeForm>] PasswordChangeForm form, CancellationToken cancellation)
    {
        await passwords.ChangeAsync(HttpContext, form, refresh: null, cancellation);
        return FlaskOkResponse.Of("Password changed");
    }
}
