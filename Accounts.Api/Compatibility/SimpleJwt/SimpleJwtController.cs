using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Api.Passwords;
using Accounts.Api.Sessions;
using Accounts.Api.Tokens;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Compatibility.SimpleJwt;

/// <summary>djangorestframework-simplejwt 5: <c>TokenObtainPairView</c> and the views beside it.</summary>
[Mounted(Library.SimpleJwt), DrfErrors, ApiEndpoint, AllowAnonymous, ApiExplorerSettings(IgnoreApi = true)]
public sealed class SimpleJwtController(AliasSignIn signIn, RefreshExchange exchange, AccessTokenCheck check, SignOut signOut) : ControllerBase
{
    [HttpPost("token"), EnableRateLimiting(Throttle.SignIn)]
    [Tells(ErrorCode.InvalidCredentials, 401, "No active account found with the given credentials", Word = "no_active_account")]
    public async Task<TokenPairResponse> Obtain([Form<AliasLoginRequest, LoginForm>] LoginForm form, CancellationToken cancellation)
    {
        var tokens = await signIn.TokensAsync(HttpContext, form.Credentials, form.Restore, cancellation);
        return new TokenPairResponse(tokens.Refresh ?? AliasSignIn.InCookie, tokens.Access!);
    }

    [HttpPost("token/refresh"), DisableRateLimiting]
    public async Task<NextTokenResponse> Refresh(CancellationToken cancellation)
    {
        var (_, tokens, refresh) = await exchange.RefreshAsync(HttpContext, cancellation);
        return new NextTokenResponse(tokens.Access!, refresh);
    }

    /// <summary>Of access tokens alone: a refresh token is nobody's but its owner's to try.</summary>
    [HttpPost("token/verify"), EnableRateLimiting(Throttle.Others)]
    [Tells(ErrorCode.TokenNotValid, 401, "Token is invalid")]
    public async Task<EmptyResponse> Verify([Form<TokenRequest, string>] string token, CancellationToken cancellation)
    {
        await check.DemandAsync(token, cancellation);
        return new EmptyResponse();
    }

    /// <exception cref="AuthenticationFailedException">nothing that came along shows a session</exception>
    [HttpPost("token/blacklist"), DisableRateLimiting]
    public async Task<EmptyResponse> Blacklist([Form<RefreshRequest, RefreshForm>] RefreshForm form) => await signOut.EndAsync(HttpContext, form.Refresh)
        ? new EmptyResponse()
        : throw AuthenticationFailedException.RefreshToken(TokenRejection.Invalid);
}
