namespace Accounts.Core;

/// <summary>
/// The stable, machine-readable words that stand as <c>code</c> beside every <c>detail</c>
/// (on the wire in snake case). A code is never renamed or given a second meaning.
/// </summary>
public enum ErrorCode
{
    /// <summary>Anything unforeseen.</summary>
    Error,
    ParseError,
    NotAuthenticated,
    TokenNotValid,
    BadAuthorizationHeader,
    InvalidCredentials,
    /// <summary>A client of introspection that is not listed, or a wrong secret.</summary>
    InvalidClient,
    PermissionDenied,
    ReauthenticationRequired,
    EmailNotVerified,
    RegistrationClosed,
    ConfirmationRequired,
    CsrfFailed,
    BadRequest,
    NotFound,
    MethodNotAllowed,
    NotAcceptable,
    PayloadTooLarge,
    UnsupportedMediaType,
    Throttled,
    Unavailable,
    /// <summary>A mailed token or code is unknown, spent, superseded or too old.</summary>
    InvalidToken,
}
