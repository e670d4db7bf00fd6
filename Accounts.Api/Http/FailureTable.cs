using Accounts.Core.Failures;

namespace Accounts.Api.Http;

/// <summary>How a failure is told: its status, and its usual words.</summary>
/// <param name="Words">for people; <c>{0}</c> and <c>{1}</c> stand for what varies</param>
public sealed record ToldFailure(int Status, Sentence Words)
{
    /// <summary>What the document shows in the places of what varies.</summary>
    public string[] Sample { get; init; } = [];
}

/// <summary>Every failure's status and words, once for the answers and for the document that describes them.</summary>
public static class FailureTable
{
    private static readonly Dictionary<ErrorCode, ToldFailure> Rows = new()
    {
        [ErrorCode.Error] = new(500, "A server error occurred."),
        [ErrorCode.ParseError] = new(400, "{0} parse error - {1}") { Sample = ["JSON", "line 1 column 3: invalid start of a property name."] },
        [ErrorCode.BadRequest] = new(400, "Bad request."),
        [ErrorCode.NotAuthenticated] = new(401, "Authentication credentials were not provided."),
        [ErrorCode.TokenNotValid] = new(401, "Token is invalid"),
        [ErrorCode.BadAuthorizationHeader] = new(401, "Authorization header must contain two space-delimited values"),
        [ErrorCode.InvalidCredentials] = new(401, "Invalid credentials"),
        [ErrorCode.InvalidClient] = new(401, "Invalid client."),
        [ErrorCode.PermissionDenied] = new(403, "You do not have permission to perform this action."),
        [ErrorCode.ReauthenticationRequired] = new(403, "Sign in again to do this."),
        [ErrorCode.SecondFactorRequired] = new(403, "Prove your second factor to go on."),
        [ErrorCode.SecondFactorEnrolmentRequired] = new(403, "You need a second factor here. Add one to go on."),
        [ErrorCode.RecoveryWaits] = new(403, "A second factor was added lately, and goes a day after the account was frozen. Please come back then: the link of the first mail sends another one."),
        [ErrorCode.InvalidTicket] = new(401, "This sign-in has expired. Please start again."),
        [ErrorCode.TicketOfAnotherUser] = new(400, "This ticket is of another user than the access token. Send it without the token."),
        [ErrorCode.EmailNotVerified] = new(403, "Verify your e-mail address first, then sign in."),
        [ErrorCode.AccountFrozen] = new(403, "This account is frozen. The mail sent to its address from before the change has it back."),
        [ErrorCode.AccountDeleted] = new(403, "This account was deleted. Sign in with \"restore\": true to have it back."),
        [ErrorCode.RegistrationClosed] = new(403, "Sign-up is closed."),
        [ErrorCode.ConfirmationRequired] = new(403, "Confirm with your password, or in the browser in which you registered."),
        [ErrorCode.CsrfFailed] = new(403, "CSRF Failed: the request comes from a site that is not listed in Accounts__AllowedOrigins."),
        [ErrorCode.NotFound] = new(404, "Not found."),
        [ErrorCode.MethodNotAllowed] = new(405, "Method \"{0}\" not allowed.") { Sample = ["GET"] },
        [ErrorCode.NotAcceptable] = new(406, "Could not satisfy the request Accept header."),
        [ErrorCode.PayloadTooLarge] = new(413, "Request body is too large."),
        [ErrorCode.UnsupportedMediaType] = new(415, "Unsupported media type \"{0}\" in request.") { Sample = ["text/plain"] },
        [ErrorCode.Throttled] = new(429, "Request was throttled. Expected available in {0} seconds.") { Sample = ["42"] },
        [ErrorCode.Unavailable] = new(503, "Service temporarily unavailable, try again later."),
        [ErrorCode.InvalidToken] = new(400, "Invalid or expired token"),
        [ErrorCode.UnsupportedProvider] = new(400, "Unsupported provider"),
        [ErrorCode.InvalidState] = new(400, "This sign-in has expired or did not begin in this browser. Please start again."),
        [ErrorCode.CodeExchangeFailed] = new(400, "Code exchange failed"),
        [ErrorCode.ProviderProfileFailed] = new(400, "Failed to fetch user from provider"),
        [ErrorCode.AccessDenied] = new(400, "The sign-in was ended at the provider."),
        [ErrorCode.EmailRequired] = new(400, "The provider does not tell a verified e-mail address of yours, and an account needs one."),
        [ErrorCode.AccountExists] = new(409, "There is an account with this e-mail address already. Sign in to it to connect the two."),
        [ErrorCode.SocialAccountTaken] = new(409,
            "That account is connected to another user, or another account of the same provider is connected to you. Disconnect that one first."),
        [ErrorCode.LastSignInMethod] = new(409, "This is your only way to sign in. Set a password or connect another provider first."),
        [ErrorCode.RedirectFlowUnavailable] = new(400,
            "With Accounts__Sessions__CookieSameSite=None this flow cannot sign in a front end on another site: use POST /api/auth/social/{provider}/."),
        [ErrorCode.EmailTaken] = new(409, "Somebody else has this e-mail address by now."),
        [ErrorCode.InvalidPasskey] = new(400, "This passkey cannot be used. Please start again."),
        [ErrorCode.TooManyFactors] = new(409, "You have as many as one may have. Remove one first."),
        [ErrorCode.EnrolmentExpired] = new(400, "No second factor is being added, or it was begun too long ago. Please start again."),
        [ErrorCode.NoSecondFactor] = new(409, "This account has no second factor."),
        [ErrorCode.SecondFactorRequiredByPolicy] = new(409, "You need a second factor here. Add another one before you remove this."),
        [ErrorCode.LastAdministrator] = new(409, "This is the last administrator. Make somebody else one first."),
        [ErrorCode.UserInactive] = new(409, "This user is not let in. Activate them first."),
        [ErrorCode.AlreadyVerified] = new(409, "This e-mail address is verified already."),
        [ErrorCode.Stale] = new(412, "This has been changed since it was read. Please read it again."),
        [ErrorCode.Gone] = new(410, "This is not there any more. Start anew."),
        [ErrorCode.PersonalTokenNotAccepted] = new(401, "A personal token is taken by GET /api/auth/me/ and by introspection alone."),
        [ErrorCode.TooManyTokens] = new(409, "You have as many tokens as one may have. Remove one first."),
        [ErrorCode.InvalidRequest] = new(400, "A parameter is missing, or is there twice."),
        [ErrorCode.UnsupportedGrantType] = new(400, "The grant type is not supported: use client_credentials."),
        [ErrorCode.InvalidScope] = new(400, "The client does not have that scope."),
        [ErrorCode.ProviderError] = new(400, "The provider refused the sign-in."),
    };

    /// <summary>Of an access token, for which SimpleJWT has other words than for a refresh token.</summary>
    public static readonly Sentence AccessTokenWords = "Given token not valid for any token type";

    /// <summary>Of an access token, where SimpleJWT says more of it; of any other it says what is said of a refresh token.</summary>
    public static readonly Sentence ExpiredToken = "Token is expired", RevokedToken = "Token is revoked";

    /// <summary>Of a deleted account that nobody can have back any more.</summary>
    public static readonly Sentence ErasedWords = "This account was deleted, and is about to be erased.";

    public static ToldFailure Of(ErrorCode code) => Rows[code];

    /// <summary>Of <see cref="ErrorCode.Throttled"/>, for the last second.</summary>
    public static readonly Sentence SoonWords = "Request was throttled. Expected available in {0} second.";

    /// <param name="code">whose words they are</param>
    /// <param name="varying">what stands in the places of the words</param>
    public static Sentence Words(ErrorCode code, params object[] varying) => Of(code).Words.With(varying);

    /// <summary>As the document shows them.</summary>
    public static string Example(ErrorCode code) => Words(code, Of(code).Sample).ToString();
}
