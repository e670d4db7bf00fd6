using System.Security.Claims;
using System.Text.Encodings.Web;
using Accounts.Core;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Http;

/// <summary>Authenticates <c>Authorization: Bearer</c> (RFC 6750): the token by itself, then by one query its live session and user.</summary>
public sealed class AccessTokenAuthentication(
    AccessTokenVerifier verifier, LiveSessions sessions,
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!BearerToken.IsPresent(Request))
        {
            return AuthenticateResult.NoResult();
        }
        if (BearerToken.IsMalformed(Request))
        {
            return AuthenticateResult.Fail(AuthenticationFailedException.BadAuthorizationHeader());
        }
        var rejection = BearerToken.Read(Request) is { } token ? verifier.Check(token, out var claims) : Reject(out claims);
        if (rejection is { } reason)
        {
            return Fail(reason);
        }
        if (await sessions.FindAsync(claims.UserId, claims.SessionId, Context.RequestAborted) is not { } live)
        {
            return Fail(TokenRejection.Revoked);
        }
        Context.Features.Set(live);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(Name)), Name));
    }

    private static TokenRejection? Reject(out AccessTokenClaims claims)
    {
        claims = default;
        return TokenRejection.Invalid;
    }

    private static AuthenticateResult Fail(TokenRejection reason) =>
        AuthenticateResult.Fail(AuthenticationFailedException.AccessToken(reason));

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        if (result.Failure is AccountsException failure)
        {
            await ErrorBodies.WriteAsync(Context, failure);
        }
        else if (result.Failure is { } other)
        {
            throw other;
        }
        else
        {
            await ErrorBodies.WriteNotAuthenticatedAsync(Context);
        }
    }
}

/// <summary>The access token as a request carries it: in the one header, and nowhere else (RFC 9700 section 4.3).</summary>
public static class BearerToken
{
    private const string Prefix = "Bearer ";

    public static bool IsPresent(HttpRequest request) =>
        request.Headers.Authorization is { Count: > 0 } values
        && values.Any(value => value is not null && (value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || value.Equals("Bearer", StringComparison.OrdinalIgnoreCase)));

    /// <summary>No token after the scheme, or more than one word.</summary>
    public static bool IsMalformed(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 2;

    /// <summary>Null where there is not exactly one.</summary>
    public static string? Read(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? value[Prefix.Length..].Trim()
            : null;

    /// <summary>The live session that the request was authenticated by.</summary>
    public static LiveSession LiveSession(this HttpContext context) => context.Features.Get<LiveSession>()!;
}
