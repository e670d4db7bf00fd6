using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Http;
using Accounts.Api.OldTokens;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;

namespace Accounts.Api.Sessions;

/// <summary>A session that was refreshed, and what of it goes into the body.</summary>
/// <param name="Refresh">null where the token went into the cookie</param>
public sealed record Refreshed(RefreshToken Session, IssuedTokens Tokens, string? Refresh)
{
    public override string ToString() => nameof(Refreshed);
}

/// <summary>How a refresh token comes along with a request, and how the next one goes.</summary>
public sealed class RefreshTransport(RefreshCookie cookie, TokenTransport transport)
{
    /// <summary>Where the cookie says it all, the body is not looked at, be it malformed.</summary>
    public async Task<(string? Token, SessionTransport Way)> ReadAsync(HttpContext context)
    {
        if (cookie.Read(context) is { Length: > 0 } token)
        {
            return (token, SessionTransport.Cookie);
        }
        if (!transport.Allows(context.Request))
        {
            return (null, SessionTransport.Cookie);
        }
        var body = await RequestBody.ReadAsync(context.Request);
        return (body.GetValueOrDefault("refresh").Text?.Trim(), SessionTransport.Body);
    }

    /// <inheritdoc cref="TokenTransport.Deliver"/>
    public string? Deliver(HttpContext context, IssuedTokens tokens) => transport.Deliver(context, tokens);

    public void Clear(HttpContext context) => cookie.Clear(context);
}

/// <summary>Takes the refresh token that came along with a request and answers by the next one: for both endpoints that refresh.</summary>
public sealed class RefreshExchange(SessionRefresh refresh, RefreshTransport transport, RefreshTokenCodec codec, RefreshThrottle throttle, OldTokenExchange old)
{
    /// <exception cref="AuthenticationFailedException">there is none, or it is refused; a cookie that will never be good again is cleared</exception>
    /// <exception cref="ThrottledException">the session has been refreshed too often</exception>
    public async Task<Refreshed> RefreshAsync(HttpContext context, CancellationToken cancellation)
    {
        var way = SessionTransport.Cookie;
        try
        {
            (var text, way) = await transport.ReadAsync(context);
            if (codec.TryRead(text, out var token) is { } rejection)
            {
                return await SwapAsync(context, way == SessionTransport.Body ? text : null, cancellation) ?? throw AuthenticationFailedException.RefreshToken(rejection);
            }
            throttle.Demand(token!.SessionId);
            var tokens = await refresh.RefreshAsync(new PresentedToken(token, way), context.Device, cancellation);
            return new Refreshed(token, tokens, transport.Deliver(context, tokens));
        }
        catch (AuthenticationFailedException e) when (way == SessionTransport.Cookie && e.Reason is TokenRejection.Invalid or TokenRejection.Expired)
        {
            // Only here: a late answer about another token must not wipe the cookie of the sign-in that followed.
            transport.Clear(context);
            throw;
        }
    }

    /// <summary>For whoever has moved here with a token of the system of before; null where there is none.</summary>
    private async Task<Refreshed?> SwapAsync(HttpContext context, string? inBody, CancellationToken cancellation) =>
        await old.TryAsync(context, string.IsNullOrEmpty(inBody) ? null : inBody, cancellation) is { } swapped
            ? new Refreshed(swapped.Session, swapped.Tokens, transport.Deliver(context, swapped.Tokens))
            : null;
}
