using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Api.Passwords;
using Accounts.Api.Sessions;
using Accounts.Api.Tokens;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Compatibility.Djoser;

/// <summary>djoser 2's tokens: SimpleJWT's below <c>jwt/</c>, and one that stays below <c>token/</c>.</summary>
[Mounted(Library.Djoser), DrfErrors, ApiEndpoint, AllowAnonymous, ApiExplorerSettings(IgnoreApi = true)]
public sealed class DjoserTokensController(AliasSignIn signIn, RefreshExchange exchange, AccessTokenCheck check, SignOut signOut) : ControllerBase
{
    [HttpPost("jwt/create"), EnableRateLimiting(Throttle.SignIn)]
    [Tells(ErrorCode.InvalidCredentials, 401, "No active account found with the given credentials", Word = "no_active_account")]
    public async Task<TokenPairResponse> Create([Form<AliasLoginRequest, LoginForm>] LoginForm form, CancellationToken cancellation)
    {
        var tokens = await signIn.TokensAsync(HttpContext, form.Credentials, form.Restore, cancellation);
        return new TokenPairResponse(tokens.Refresh ?? AliasSignIn.InCookie, tokens.Access!);
    }

    [HttpPost("jwt/refresh"), DisableRateLimiting]
    public async Task<NextTokenResponse> Refresh(CancellationToken cancellation)
    {
        var (_, tokens, refresh) = await exchange.RefreshAsync(HttpContext, cancellation);
        return new NextTokenResponse(tokens.Access!, refresh);
    }

    [HttpPost("jwt/verify"), EnableRateLimiting(Throttle.Others)]
    [Tells(ErrorCode.TokenNotValid, 401, "Token is invalid")]
    public async Task<EmptyResponse> Verify([Form<TokenRequest, string>] string token, CancellationToken cancellation)
    {
        await check.DemandAsync(token, cancellation);
        return new EmptyResponse();
    }

    [HttpPost("token/login"), EnableRateLimiting(Throttle.SignIn)]
    [Tells(ErrorCode.InvalidCredentials, 400, "Unable to log in with provided credentials.", Field = FieldErrors.NonField)]
    public async Task<AuthTokenResponse> Login([Form<AliasLoginRequest, LoginForm>] LoginForm form, CancellationToken cancellation) =>
        new((await signIn.SessionAsync(HttpContext, form.Credentials, mayBeInBody: true, cancellation)).SessionToken ?? AliasSignIn.InCookie);

    /// <exception cref="AuthenticationFailedException">nothing that came along shows a session</exception>
    [HttpPost("token/logout"), DisableRateLimiting]
    public async Task<IActionResult> Logout() => await signOut.EndAsync(HttpContext, refresh: null)
        ? NoContent()
        : throw new AuthenticationFailedException(ErrorCode.NotAuthenticated);
}
