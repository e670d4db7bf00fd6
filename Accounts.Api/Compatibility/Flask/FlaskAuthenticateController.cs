using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Compatibility.Flask;

/// <summary>The tutorial with <c>/api/authenticate</c>: a cookie, and what it lets in by roles.</summary>
[Mounted(Library.Flask), FlaskErrors("message", HasData = true), ApiEndpoint, ApiExplorerSettings(IgnoreApi = true)]
public sealed class FlaskAuthenticateController(AliasSignIn signIn) : ControllerBase
{
    private const string Plain = "text/plain; charset=utf-8";

    [HttpPost("api/authenticate"), FlaskErrors("message"), AllowAnonymous, EnableRateLimiting(Throttle.SignIn)]
    [Tells(ErrorCode.InvalidCredentials, 401, "Invalid user id or password")]
    public async Task<ContentResult> Authenticate([Form<FlaskAuthenticateRequest, Credentials>] Credentials credentials, CancellationToken cancellation)
    {
        await signIn.SessionAsync(HttpContext, credentials, mayBeInBody: false, cancellation);
        return Successful(credentials.Identifier);
    }

    /// <summary>Whether the cookie is good, and its user has one of the roles: what the tutorial's own routes ask before they answer.</summary>
    /// <param name="roles">parted by commas; none where there is none</param>
    /// <exception cref="FlaskRefusedException">the user has none of them</exception>
    [HttpGet("api/authenticate"), Authorize, DisableRateLimiting]
    [Tells(ErrorCode.NotAuthenticated, 401, "Authentication Token is missing!"), Tells(ErrorCode.TokenNotValid, 401, "Invalid Authentication token!")]
    public ContentResult Check([FromQuery] string? roles)
    {
        var user = HttpContext.LiveSession().User;
        var required = SettingsSetup.Parts(roles ?? "");
        return required.Length == 0 || user.Roles.Intersect(required).Any()
            ? Successful(user.Username)
            : throw new FlaskRefusedException(StatusCodes.Status403Forbidden, $"Insufficient permissions. Required roles: {string.Join(", ", required)}");
    }

    /// <summary>Plain: the name is the caller's own text.</summary>
    private ContentResult Successful(string uid) => Content($"Authentication for {uid} successful", Plain);
}
