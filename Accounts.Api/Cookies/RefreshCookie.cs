using Accounts.Core.Failures;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;
using SessionOptions = Accounts.Core.Sessions.SessionOptions;

namespace Accounts.Api.Cookies;

/// <summary>The cookie that holds the refresh token.</summary>
public sealed class RefreshCookie(IOptions<SiteOptions> site, IOptions<SessionOptions> options) : SignedInCookie("refresh_token", site, options)
{
    /// <summary>Null when the request has none.</summary>
    /// <exception cref="AuthenticationFailedException">it has several, of which at most one is ours</exception>
    public string? Read(HttpContext context) => RequestCookies.All(context.Request, Name) switch
    {
        [] => null,
        [var value] => value,
        _ => throw AuthenticationFailedException.RefreshToken(TokenRejection.Invalid),
    };
}
