using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;

namespace Accounts.Api.Sessions;

/// <summary>A session that was refreshed, and what of it goes into the body.</summary>
/// <param name="Refresh">null where the token went into the cookie</param>
public sealed record Refreshed(RefreshToken Session, IssuedTokens Tokens, string? Refresh)
{
    public override string ToString() => nameof(Refreshed);
}

/// <summary>Takes the refresh token that came along with a request and answers by the next one: for both endpoints that refresh.</summary>
public sealed class RefreshExchange(
    SessionRefresh refresh, RefreshCookie cookie, RefreshTokenCodec codec, RefreshThrottle throttle, TokenTransport transport)
{
    /// <exception cref="AuthenticationFailedException">there is none, or it is refused; a cookie that will never be good again is cleared</exception>
    /// <exception cref="ThrottledException">the session has been refreshed too often</exception>
    public async Task<Refreshed> RefreshAsync(HttpContext context, CancellationToken cancellation)
    {
        var way = SessionTransport.Cookie;
        try
        {
            (var text, way) = await PresentedAsync(context);
            var presented = new PresentedToken(codec.Read(text), way);
            throttle.Demand(presented.Token.SessionId);
            var tokens = await refresh.RefreshAsync(presented, context.Device(), cancellation);
            return new Refreshed(presented.Token, tokens, transport.Deliver(context, tokens));
        }
        catch (AuthenticationFailedException e) when (way == SessionTransport.Cookie && e.Reason is TokenRejection.Invalid or TokenRejection.Expired)
        {
            // Only here: a late answer about another token must not wipe the cookie of the sign-in that followed.
            cookie.Clear(context);
            throw;
        }
    }

    /// <summary>Where the cookie says it all, the body is not looked at, be it malformed.</summary>
    private async Task<(string? Token, SessionTransport Way)> PresentedAsync(HttpContext context)
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
}
