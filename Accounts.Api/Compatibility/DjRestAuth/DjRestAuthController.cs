using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Api.Passwords;
using Accounts.Api.Sessions;
using Accounts.Api.Tokens;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Compatibility.DjRestAuth;

/// <summary>dj-rest-auth, with the names of its version 3 and later: signing in and out, and its tokens.</summary>
[Mounted(Library.DjRestAuth), DrfErrors, ApiEndpoint, AllowAnonymous, ApiExplorerSettings(IgnoreApi = true)]
public sealed class DjRestAuthController(AliasSignIn signIn, RefreshExchange exchange, AccessTokenCheck check, SignOut signOut, IOptions<DjRestAuthOptions> options) : ControllerBase
{
    [HttpPost("login"), EnableRateLimiting(Throttle.SignIn)]
    [Tells(ErrorCode.InvalidCredentials, 400, "Unable to log in with provided credentials.", Field = FieldErrors.NonField)]
    [Tells(ErrorCode.EmailNotVerified, 400, "E-mail is not verified.", Field = FieldErrors.NonField)]
    public async Task<IActionResult> Login([Form<AliasLoginRequest, LoginForm>] LoginForm form, CancellationToken cancellation) =>
        options.Value.UseJwt
            ? Ok(DjRestAuthTokensResponse.Of(await signIn.TokensAsync(HttpContext, form.Credentials, form.Restore, cancellation)))
            : Ok(new DjRestAuthKeyResponse((await signIn.SessionAsync(HttpContext, form.Credentials, mayBeInBody: true, cancellation)).SessionToken ?? AliasSignIn.InCookie));

    [HttpPost("logout"), DisableRateLimiting]
    public async Task<DetailResponse> Logout([Form<RefreshRequest, RefreshForm>] RefreshForm form)
    {
        await signOut.EndAsync(HttpContext, form.Refresh);
        return new DetailResponse(HttpContext.Say("Successfully logged out."));
    }

    [HttpPost("token/refresh"), DisableRateLimiting]
    public async Task<DjRestAuthRefreshResponse> Refresh(CancellationToken cancellation)
    {
        var (_, tokens, refresh) = await exchange.RefreshAsync(HttpContext, cancellation);
        return new DjRestAuthRefreshResponse(tokens.Access!, refresh, DateTime.UtcNow + tokens.AccessLifetime);
    }

    [HttpPost("token/verify"), EnableRateLimiting(Throttle.Others)]
    [Tells(ErrorCode.TokenNotValid, 401, "Token is invalid")]
    public async Task<EmptyResponse> Verify([Form<TokenRequest, string>] string token, CancellationToken cancellation)
    {
        await check.DemandAsync(token, cancellation);
        return new EmptyResponse();
    }
}
