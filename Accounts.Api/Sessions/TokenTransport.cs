using Accounts.Api.Cookies;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;
using SessionOptions = Accounts.Core.Sessions.SessionOptions;

namespace Accounts.Api.Sessions;

/// <summary>
/// How the refresh token travels: by cookie, or in bodies where a client wants that. A request with an Origin gets it in
/// bodies only from a listed one, so that no script can turn an HttpOnly cookie into text.
/// </summary>
public sealed class TokenTransport(IOptions<SessionOptions> options, RefreshCookie cookie)
{
    public const string Header = "X-Token-Transport";

    private readonly HashSet<string> origins = SettingsSetup.Parts(options.Value.BodyModeOrigins).ToHashSet(StringComparer.Ordinal);

    /// <exception cref="PermissionDeniedException">the origin may not use body mode</exception>
    public bool IsBodyAskedFor(HttpRequest request)
    {
        if (!request.Headers[Header].ToString().Equals("body", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
        return Refusal(request) is { } refusal ? throw refusal : true;
    }

    /// <inheritdoc cref="IsBodyAskedFor"/>
    public SessionTransport AskedFor(HttpRequest request) => IsBodyAskedFor(request) ? SessionTransport.Body : SessionTransport.Cookie;

    /// <summary>Why the request gets no refresh token in a body; null where it may.</summary>
    public PermissionDeniedException? Refusal(HttpRequest request) => Allows(request) ? null : new PermissionDeniedException(
        ErrorCode.PermissionDenied, "This origin is not listed in Accounts__Sessions__BodyModeOrigins.");

    public bool Allows(HttpRequest request) => request.Headers.Origin is [] or [null] || (request.Headers.Origin is [{ } origin] && origins.Contains(origin));

    /// <returns>what goes into the body: nothing, where the token went into the cookie or stands there already</returns>
    public string? Deliver(HttpContext context, IssuedTokens tokens)
    {
        if (tokens.Transport == SessionTransport.Body)
        {
            return tokens.Refresh;
        }
        if (tokens.IsNew)
        {
            cookie.Set(context, tokens);
        }
        return null;
    }
}
