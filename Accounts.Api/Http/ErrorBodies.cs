using System.Globalization;
using System.Text.Json;
using Accounts.Core.Failures;

namespace Accounts.Api.Http;

/// <summary>Every error as DRF shapes it, and the status of each kind of failure.</summary>
public static class ErrorBodies
{
    private sealed record Answer(int Status, object Body, TimeSpan? RetryAfter = null);

    public static Task WriteAsync(HttpContext context, AccountsException failure) => WriteAsync(context, failure switch
    {
        InvalidInputException e => new Answer(StatusCodes.Status400BadRequest, e.Errors.Messages),
        AuthenticationFailedException e => new Answer(StatusCodes.Status401Unauthorized, Authentication(e)),
        PermissionDeniedException e => new Answer(StatusCodes.Status403Forbidden, Detail(e)),
        NotFoundException e => new Answer(StatusCodes.Status404NotFound, Detail(e)),
        ConflictException e => new Answer(StatusCodes.Status409Conflict, Detail(e)),
        AccountExistsException e => new Answer(StatusCodes.Status409Conflict, Detail(e) with { LinkToken = e.LinkToken, Methods = e.Methods }),
        ThrottledException e => Throttled(e),
        UnavailableException e => new Answer(StatusCodes.Status503ServiceUnavailable, Detail(e), e.RetryAfter),
        RequestRefusedException e => new Answer(e.Status, Detail(e)),
        _ => new Answer(StatusCodes.Status400BadRequest, Detail(failure)),
    });

    public static Task WriteAsync(HttpContext context, int status, ErrorCode code, string detail) =>
        WriteAsync(context, new Answer(status, Detail(code, detail)));

    /// <summary>The answer to a request without credentials, where some are needed.</summary>
    public static Task WriteNotAuthenticatedAsync(HttpContext context) => WriteAsync(
        context, StatusCodes.Status401Unauthorized, ErrorCode.NotAuthenticated, "Authentication credentials were not provided.");

    public static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static async Task WriteAsync(HttpContext context, Answer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers.CacheControl = "no-store";
        if (answer.Status == StatusCodes.Status401Unauthorized && response.Headers.WWWAuthenticate.Count == 0)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"api\"";
        }
        if (answer.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Seconds(wait).ToString(CultureInfo.InvariantCulture);
        }
        await response.WriteAsJsonAsync(answer.Body, answer.Body.GetType(), AnswerJson.Errors, "application/json", context.RequestAborted);
    }

    private static ErrorBody Detail(AccountsException e) => Detail(e.Code, e.Message);

    private static ErrorBody Detail(ErrorCode code, string detail) => new(detail, Word(code));

    private static ErrorBody Authentication(AuthenticationFailedException e) => Detail(e) with
    {
        Reason = e.Reason is { } reason ? Word(reason == TokenRejection.UnknownKey ? TokenRejection.Invalid : reason) : null,
        Messages = e.IsAccessToken ? [new TokenMessage("AccessToken", "access", $"Token is {Word(e.Reason!.Value)}")] : null,
    };

    private static Answer Throttled(ThrottledException e)
    {
        var seconds = Seconds(e.RetryAfter);
        var detail = $"Request was throttled. Expected available in {seconds} second{(seconds == 1 ? "" : "s")}.";
        return new Answer(StatusCodes.Status429TooManyRequests, Detail(e.Code, detail) with { RetryAfter = seconds }, e.RetryAfter);
    }

    private static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}

/// <summary>An error's body.</summary>
/// <param name="Detail">For people, in English.</param>
/// <param name="Code">For programs.</param>
public sealed record ErrorBody(string Detail, string Code)
{
    /// <summary>Why a token was refused: missing, invalid, expired, revoked or reused.</summary>
    public string? Reason { get; init; }

    public TokenMessage[]? Messages { get; init; }

    /// <summary>Seconds, where it is a matter of time.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>For adding an identity to the account that exists.</summary>
    public string? LinkToken { get; init; }

    /// <summary>Its ways to sign in.</summary>
    public string[]? Methods { get; init; }
}

/// <summary>SimpleJWT's words for an access token that is not accepted.</summary>
public sealed record TokenMessage(string TokenClass, string TokenType, string Message);
