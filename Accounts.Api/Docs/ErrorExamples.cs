using Accounts.Api.Http;
using Accounts.Core.Failures;

namespace Accounts.Api.Docs;

/// <summary>A body for every error code, as clients get it.</summary>
public static class ErrorExamples
{
    public static readonly Dictionary<string, string[]> Fields = new()
    {
        ["email"] = ["Enter a valid email address."],
        ["password"] = ["This field is required."],
    };

    public static ErrorBody Of(ErrorCode code)
    {
        var body = new ErrorBody(Detail(code), ErrorBodies.Word(code));
        return code switch
        {
            ErrorCode.Throttled => body with { RetryAfter = 42 },
            ErrorCode.AccountExists => body with { LinkToken = Examples.MailedToken, Methods = ["password"] },
            ErrorCode.TokenNotValid => body with { Reason = "reused" },
            _ => body,
        };
    }

    public static ErrorBody BadAccessToken { get; } = Of(ErrorCode.TokenNotValid) with
    {
        Detail = "Given token not valid for any token type",
        Reason = "expired",
        Messages = [new TokenMessage("AccessToken", "access", "Token is expired")],
    };

    private static string Detail(ErrorCode code) => code switch
    {
        ErrorCode.Error => "A server error occurred.",
        ErrorCode.ParseError => "JSON parse error - line 1 column 3: invalid start of a property name.",
        ErrorCode.NotAuthenticated => "Authentication credentials were not provided.",
        ErrorCode.TokenNotValid => "Token is invalid",
        ErrorCode.BadAuthorizationHeader => "Authorization header must contain two space-delimited values",
        ErrorCode.InvalidCredentials => "Invalid credentials",
        ErrorCode.InvalidClient => "Invalid client.",
        ErrorCode.PermissionDenied => "You do not have permission to perform this action.",
        ErrorCode.ReauthenticationRequired => "Sign in again to do this.",
        ErrorCode.EmailNotVerified => "Verify your e-mail address first, then sign in.",
        ErrorCode.RegistrationClosed => "Sign-up is closed.",
        ErrorCode.ConfirmationRequired => "Confirm with your password, or in the browser in which you registered.",
        ErrorCode.CsrfFailed => "CSRF Failed: the request comes from a site that is not listed in Accounts__AllowedOrigins.",
        ErrorCode.BadRequest => "Invalid Host header.",
        ErrorCode.NotFound => "Not found.",
        ErrorCode.MethodNotAllowed => "Method \"GET\" not allowed.",
        ErrorCode.NotAcceptable => "Could not satisfy the request Accept header.",
        ErrorCode.PayloadTooLarge => "Request body is too large.",
        ErrorCode.UnsupportedMediaType => "Unsupported media type \"text/plain\" in request.",
        ErrorCode.Throttled => "Request was throttled. Expected available in 42 seconds.",
        ErrorCode.Unavailable => "Service temporarily unavailable, try again later.",
        ErrorCode.InvalidToken => "Invalid or expired token",
        ErrorCode.UnsupportedProvider => "Unsupported provider",
        ErrorCode.InvalidState => "This sign-in has expired or did not begin in this browser. Please start again.",
        ErrorCode.CodeExchangeFailed => "Code exchange failed",
        ErrorCode.ProviderProfileFailed => "Failed to fetch user from provider",
        ErrorCode.AccessDenied => "The sign-in was ended at the provider.",
        ErrorCode.EmailRequired => "The provider does not tell a verified e-mail address of yours, and an account needs one.",
        ErrorCode.AccountExists => "There is an account with this e-mail address already. Sign in to it to connect the two.",
        ErrorCode.SocialAccountTaken => "That account is connected to another user, or another account of the same provider is connected to you. Disconnect that one first.",
        ErrorCode.LastSignInMethod => "This is your only way to sign in. Set a password or connect another provider first.",
        ErrorCode.RedirectFlowUnavailable =>
            "With Accounts__Sessions__CookieSameSite=None this flow cannot sign in a front end on another site: use POST /api/auth/social/{provider}/.",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "has no example"),
    };
}
