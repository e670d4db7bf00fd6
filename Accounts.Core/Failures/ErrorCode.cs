namespace Accounts.Core.Failures;

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
    /// <summary>A client that is not listed, of introspection or of tokens for programs, or a wrong secret.</summary>
    InvalidClient,
    PermissionDenied,
    ReauthenticationRequired,
    EmailNotVerified,
    /// <summary>The first proof was good; <c>ticket</c> and one of <c>methods</c> make a session of it.</summary>
    SecondFactorRequired,
    /// <summary>The first proof was good, and the user must add a second factor; with <c>ticket</c> they do, and are signed in.</summary>
    SecondFactorEnrolmentRequired,
    /// <summary>A ticket of <see cref="SecondFactorRequired"/> is unknown, spent, too old or tried too often, or its user has changed since: sign in again.</summary>
    InvalidTicket,
    /// <summary>A live access token of somebody else came along with a ticket.</summary>
    TicketOfAnotherUser,
    /// <summary>An account is had back without the factor that was added last: not before a day is over.</summary>
    RecoveryWaits,
    /// <summary>The right proof, for an account that somebody stopped by the link of a mail about a change.</summary>
    AccountFrozen,
    /// <summary>The right proof, for an account that its owner has deleted and may have back.</summary>
    AccountDeleted,
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
    /// <summary>An identity provider that there is not, or that is switched off.</summary>
    UnsupportedProvider,
    /// <summary>The <c>state</c> of a sign-in at a provider is unknown, spent, too old, or another browser's, provider's or user's.</summary>
    InvalidState,
    CodeExchangeFailed,
    ProviderProfileFailed,
    /// <summary>The person ended the sign-in at the provider.</summary>
    AccessDenied,
    /// <summary>The provider names no address, and an account needs one.</summary>
    EmailRequired,
    /// <summary>A user has that address already; <c>methods</c> are their ways to sign in.</summary>
    AccountExists,
    /// <summary>That identity belongs to another user, or this user has another one at the same provider.</summary>
    SocialAccountTaken,
    LastSignInMethod,
    /// <summary>The server-driven flow needs a cookie that <c>SameSite=None</c> rules out.</summary>
    RedirectFlowUnavailable,
    /// <summary>The provider refuses the sign-in for a reason that is neither the person's nor a passing one: the log has its words.</summary>
    ProviderError,
    /// <summary>The address that a change was asked for is somebody else's by now.</summary>
    EmailTaken,
    /// <summary>What an authenticator has made cannot be used: its ceremony is over or was another, a check failed, or somebody has it.</summary>
    InvalidPasskey,
    /// <summary>The user has as many second factors or passkeys as one may have.</summary>
    TooManyFactors,
    /// <summary>No second factor is being added, or it was begun too long ago.</summary>
    EnrolmentExpired,
    /// <summary>Recovery codes stand beside a second factor, and there is nothing to reset without one.</summary>
    NoSecondFactor,
    /// <summary>The last second factor of who must have one.</summary>
    SecondFactorRequiredByPolicy,
    /// <summary>Nobody would be left who administers.</summary>
    LastAdministrator,
    /// <summary>The user is deactivated, deleted or frozen: what was asked for would be of no use to them.</summary>
    UserInactive,
    /// <summary>There is nothing left to verify.</summary>
    AlreadyVerified,
    /// <summary>Somebody has changed what is about to be changed since it was read.</summary>
    Stale,
    /// <summary>What a client goes on from is not there any more: it starts anew.</summary>
    Gone,
    /// <summary>A personal token where only an access token is taken.</summary>
    PersonalTokenNotAccepted,
    /// <summary>The user has as many personal tokens as one may have.</summary>
    TooManyTokens,
    /// <summary>RFC 6749's word for what is missing, or is there twice, where a program asks for a token.</summary>
    InvalidRequest,
    /// <summary>RFC 6749's word for any other grant than the client's own.</summary>
    UnsupportedGrantType,
    /// <summary>RFC 6749's word for a scope that the client does not have.</summary>
    InvalidScope,
}
