using Accounts.Api.Cookies;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;
using SessionOptions = Accounts.Core.Sessions.SessionOptions;

namespace Accounts.Api.Sessions;

/// <summary>What of a session's tokens goes into the body of an answer: nothing, where the token went into a cookie or stands there already.</summary>
public readonly record struct Delivered(string? Refresh, string? SessionToken)
{
    public override string ToString() => nameof(Delivered);
}

/// <summary>
/// How the token that a client keeps travels: by cookie, or in bodies where a client wants that; refresh token or, in session mode, session token.
/// A request with an Origin gets it in bodies only from a listed one, so that no script can turn an HttpOnly cookie into text.
/// </summary>
public sealed class TokenTransport(IOptions<SessionOptions> options, RefreshCookie cookie, SignedInCookies cookies)
{
    public const string Header = "X-Token-Transport";

    private const string Body = "body", Session = "session", SessionBody = "session-body";

    public static readonly string[] Words = [Body, Session, SessionBody];

    private readonly HashSet<string> origins = SettingsSetup.Parts(options.Value.BodyModeOrigins).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether the client keeps no cookies.</summary>
    /// <exception cref="PermissionDeniedException">the origin may have no token in bodies</exception>
    public bool IsBodyAskedFor(HttpRequest request) => !AskedFor(request).KeepsCookies();

    /// <inheritdoc cref="IsBodyAskedFor" path="/exception"/>
    public SessionTransport AskedFor(HttpRequest request)
    {
        var asked = request.Headers[Header].ToString().ToLowerInvariant() switch
        {
            Body => SessionTransport.Body,
            Session => SessionTransport.Session,
            SessionBody => SessionTransport.TokenBody,
            _ => SessionTransport.Cookie,
        };
        return !asked.KeepsCookies() && Refusal(request) is { } refusal ? throw refusal : asked;
    }

    /// <summary>Of a navigation, which has no headers of its own and to which no body can be answered; null where it is another word.</summary>
    public static SessionTransport? InCookies(string? word) => word?.ToLowerInvariant() switch
    {
        null or "" or "cookie" => SessionTransport.Cookie,
        Session => SessionTransport.Session,
        _ => null,
    };

    /// <summary>Why the request gets no token in a body; null where it may.</summary>
    public PermissionDeniedException? Refusal(HttpRequest request) => Allows(request) ? null : new PermissionDeniedException(
        ErrorCode.PermissionDenied, "This origin is not listed in Accounts__Sessions__BodyModeOrigins.");

    public bool Allows(HttpRequest request) => request.Headers.Origin is [] or [null] || (request.Headers.Origin is [{ } origin] && origins.Contains(origin));

    /// <summary>What a session that has just begun is shown by from now on.</summary>
    public Delivered Begin(HttpContext context, IssuedTokens tokens)
    {
        if (tokens.Transport.KeepsCookies())
        {
            cookies.Set(context, tokens);
            return default;
        }
        return tokens.Transport.IsSessionMode() ? new Delivered(null, tokens.Kept) : new Delivered(tokens.Kept, null);
    }

    /// <summary>What a refresh has come to.</summary>
    /// <returns>what goes into the body</returns>
    public string? Deliver(HttpContext context, IssuedTokens tokens)
    {
        if (tokens.Transport == SessionTransport.Body)
        {
            return tokens.Kept;
        }
        if (tokens.IsNew)
        {
            cookie.Set(context, tokens);
        }
        return null;
    }
}
