using System.Security.Claims;
using Accounts.Core.Failures;
using Accounts.Core.ProgramTokens;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;
using Microsoft.AspNetCore.Authorization;

namespace Accounts.Api.Http;

/// <summary>
/// Authenticates <c>Authorization: Bearer</c> (RFC 6750) where an endpoint demands it, and nowhere else: the token by
/// itself, then by one query its live session and user; a personal token where it is taken; in session mode the session token, by its cookie too.
/// A middleware and not one of the framework's handlers, whose
/// layers cost a tenth of a request.
/// </summary>
public sealed class AccessTokenAuthentication(RequestDelegate next, AccessTokenVerifier verifier, LiveSessions sessions, LivePersonalTokens tokens, ShownSessions shown)
{
    private const string Scheme = "Bearer";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null)
        {
            return next(context);
        }
        return BearerToken.IsPresent(context.Request) ? AuthenticateAsync(context) : shown.IsInCookie(context.Request) ? AuthenticateSessionAsync(context) : next(context);
    }

    private Task AuthenticateAsync(HttpContext context)
    {
        if (BearerToken.IsMalformed(context.Request))
        {
            return ErrorBodies.WriteAsync(context, AuthenticationFailedException.BadAuthorizationHeader());
        }
        // Not as a text of its own: it is most of what a request would leave over.
        var token = BearerToken.Span(context.Request);
        if (token.IsEmpty)
        {
            return ErrorBodies.WriteAsync(context, AuthenticationFailedException.AccessToken(TokenRejection.Invalid));
        }
        if (PersonalTokenText.IsOne(token))
        {
            return AuthenticatePersonalAsync(context, token.ToString());
        }
        if (SessionTokenCodec.IsOne(token))
        {
            return AuthenticateSessionAsync(context);
        }
        return verifier.Verify(token, out var claims) is { } reason
            ? ErrorBodies.WriteAsync(context, AuthenticationFailedException.AccessToken(reason))
            : AuthenticateAsync(context, claims);
    }

    private async Task AuthenticateAsync(HttpContext context, AccessTokenClaims claims)
    {
        if (await sessions.FindAsync(claims, context.RequestAborted) is { } live)
        {
            context.Features.Set(live);
            await LetInAsync(context);
        }
        else
        {
            await ErrorBodies.WriteAsync(context, AuthenticationFailedException.AccessToken(TokenRejection.Revoked));
        }
    }

    /// <summary>It has no session, and no other endpoint may take it for one.</summary>
    /// <exception cref="AuthenticationFailedException">it is not good, or not here</exception>
    private async Task AuthenticatePersonalAsync(HttpContext context, string token)
    {
        if (PersonalTokenText.IsWhole(token) && context.GetEndpoint()!.Metadata.GetMetadata<TakesPersonalTokenAttribute>() is null)
        {
            throw new AuthenticationFailedException(ErrorCode.PersonalTokenNotAccepted);
        }
        context.Features.Set(await tokens.DemandAsync(token, context.RequestAborted));
        await LetInAsync(context);
    }

    /// <summary>A cookie comes along by itself: one that is not good keeps nobody from what a ticket opens.</summary>
    private async Task AuthenticateSessionAsync(HttpContext context)
    {
        var found = await shown.FindAsync(context.Request, context.RequestAborted);
        if (found.Live is { } live)
        {
            context.Features.Set<LiveSession>(live);
            await LetInAsync(context);
        }
        else if (found.InCookie && TakesTicketAttribute.LetsOn(context))
        {
            await next(context);
        }
        else
        {
            await ErrorBodies.WriteAsync(context, AuthenticationFailedException.AccessToken(found.Refusal!.Value));
        }
    }

    private Task LetInAsync(HttpContext context)
    {
        context.User = new ClaimsPrincipal(new ClaimsIdentity(Scheme));
        return next(context);
    }
}

/// <summary>The access token as a request carries it: in the one header, and nowhere else (RFC 9700 section 4.3).</summary>
public static class BearerToken
{
    private const string Prefix = "Bearer ";

    public static bool IsPresent(HttpRequest request)
    {
        foreach (var value in request.Headers.Authorization)
        {
            if (value is not null && (value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || value.Equals("Bearer", StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>No token after the scheme, or more than one word.</summary>
    public static bool IsMalformed(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && (value.Length <= Prefix.Length || value.AsSpan(Prefix.Length).Trim().Contains(' '));

    /// <summary>Null where there is not exactly one.</summary>
    public static string? Read(HttpRequest request) => IsSingle(request, out var value) ? value[Prefix.Length..].Trim() : null;

    /// <summary>Empty where there is not exactly one.</summary>
    public static ReadOnlySpan<char> Span(HttpRequest request) => IsSingle(request, out var value) ? value.AsSpan(Prefix.Length).Trim() : [];

    private static bool IsSingle(HttpRequest request, out string value)
    {
        value = request.Headers.Authorization is [{ } single] ? single : "";
        return value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The live session that the request was authenticated by.</summary>
    public static LiveSession LiveSession(this HttpContext context) => context.Features.Get<LiveSession>()!;
}
