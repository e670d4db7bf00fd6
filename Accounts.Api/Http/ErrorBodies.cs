using System.Globalization;
using System.Text.Json;
using Accounts.Core.Failures;
using Accounts.Core.Telemetry;
using Accounts.Core.Texts;

namespace Accounts.Api.Http;

/// <summary>Every error as DRF shapes it; its status and words stand in <see cref="FailureTable"/>. The only place where failures become HTTP.</summary>
public static class ErrorBodies
{
    private sealed record Answer(int Status, object Body, TimeSpan? RetryAfter = null)
    {
        /// <summary><c>WWW-Authenticate</c>, where it says more than that somebody has to sign in.</summary>
        public string? Challenge { get; init; }
    }

    public static Task WriteAsync(HttpContext context, AccountsException failure)
    {
        context.RequestServices.GetRequiredService<AccountsMeter>().Failure(Word(failure.Code));
        var language = context.Language();
        var answer = AnswerTo(failure, language);
        if (context.GetEndpoint()?.Metadata is { } endpoint && endpoint.GetMetadata<ErrorShapeAttribute>() is { } shape)
        {
            return WriteAsync(context, Shaped(shape, endpoint, failure, answer));
        }
        return WriteAsync(context, OAuthEndpointAttribute.IsAt(context) && failure.Code != ErrorCode.NotFound ? AsOAuth(failure, answer, language) : answer);
    }

    private static Answer Shaped(ErrorShapeAttribute shape, EndpointMetadataCollection endpoint, AccountsException failure, Answer answer)
    {
        var body = JsonSerializer.SerializeToNode(answer.Body, answer.Body.GetType(), AnswerJson.Errors)!.AsObject();
        var shaped = shape.Shape(endpoint, failure, new ShapedError(answer.Status, body));
        return answer with { Status = shaped.Status, Body = shaped.Body };
    }

    /// <summary>The same in RFC 6749's words besides, whose characters are those of ASCII.</summary>
    private static Answer AsOAuth(AccountsException failure, Answer answer, Language language)
    {
        var word = OAuthErrors.WordOf(failure.Code);
        var body = answer.Body as ErrorBody ?? new ErrorBody(InOneLine((InvalidInputException)failure, language.Say), word);
        var english = failure is InvalidInputException e ? InOneLine(e, sentence => sentence.ToString()) : SentenceOf(failure).ToString();
        return answer with { Body = body with { Error = word, ErrorDescription = OAuthErrors.Description(english) } };
    }

    private static string InOneLine(InvalidInputException e, Func<Sentence, string> say) =>
        string.Join(' ', e.Errors.Messages.Select(field => $"{field.Key}: {string.Join(' ', field.Value.Select(say))}"));

    private static Answer AnswerTo(AccountsException failure, Language language) => failure switch
    {
        InvalidInputException e => new Answer(StatusOf(e), e.Errors.Messages.ToDictionary(field => field.Key, field => field.Value.ConvertAll(language.Say))),
        AuthenticationFailedException e => new Answer(StatusOf(e), Authentication(e, language)),
        AccountExistsException e => new Answer(StatusOf(e), Body(e, language) with { LinkToken = e.LinkToken, Methods = e.Methods }),
        EmailRequiredException e => new Answer(StatusOf(e), Body(e, language) with { Ticket = e.Ticket }),
        SecondFactorRequiredException e => new Answer(StatusOf(e), Body(e, language) with { Ticket = e.Ticket, Methods = e.Methods, ExpiresIn = e.Lifetime is { } lifetime ? Seconds(lifetime) : null }),
        EnrolmentRequiredException e => new Answer(StatusOf(e), Body(e, language) with { Ticket = e.Ticket, ExpiresIn = Seconds(e.Lifetime) }),
        StepUpRequiredException e => new Answer(StatusOf(e), Body(e, language) with { Methods = e.Methods, MaxAge = Seconds(e.MaxAge), Acr = e.Level }) { Challenge = ChallengeOf(e) },
        RecoveryWaitsException e => new Answer(StatusOf(e), Body(e, language) with { RetryAfter = Seconds(e.Wait) }, e.Wait),
        PermissionDeniedException e => new Answer(StatusOf(e), Body(e, language) with { RestoreUntil = e.RestoreUntil }),
        ThrottledException e => new Answer(StatusOf(e), Body(e, language) with { RetryAfter = Seconds(e.RetryAfter) }, e.RetryAfter),
        UnavailableException e => new Answer(StatusOf(e), Body(e, language), e.RetryAfter),
        RequestRefusedException { Status: { } status } e => new Answer(status, Body(e, language)),
        _ => new Answer(StatusOf(failure), Body(failure, language)),
    };

    /// <summary>For what goes wrong before anything could be thrown.</summary>
    public static Task WriteAsync(HttpContext context, ErrorCode code) => WriteAsync(context, new RequestRefusedException(code));

    public static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static async Task WriteAsync(HttpContext context, Answer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers.CacheControl = "no-store";
        if (answer.Challenge is { } challenge)
        {
            response.Headers.WWWAuthenticate = challenge;
        }
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

    /// <summary>RFC 9470 section 3.</summary>
    private static string ChallengeOf(StepUpRequiredException e) =>
        $"Bearer realm=\"api\", error=\"insufficient_user_authentication\", max_age=\"{Seconds(e.MaxAge)}\", acr_values=\"{e.Level}\"";

    private static int StatusOf(AccountsException e) => FailureTable.Of(e.Code).Status;

    private static ErrorBody Body(AccountsException e, Language language) => new(language.Say(SentenceOf(e)), Word(e.Code));

    private static Sentence SentenceOf(AccountsException e) => e switch
    {
        { Detail: { } detail } => detail,
        ThrottledException throttled when Seconds(throttled.RetryAfter) is var seconds => (seconds == 1 ? FailureTable.SoonWords : FailureTable.Of(e.Code).Words).With(seconds),
        AuthenticationFailedException { IsAccessToken: true } => FailureTable.AccessTokenWords,
        PermissionDeniedException { Code: ErrorCode.AccountDeleted, RestoreUntil: null } => FailureTable.ErasedWords,
        _ => FailureTable.Words(e.Code),
    };

    private static ErrorBody Authentication(AuthenticationFailedException e, Language language) => Body(e, language) with
    {
        Reason = ReasonOf(e.Reason),
        Messages = e.IsAccessToken ? [new TokenMessage("AccessToken", "access", language.Say(TokenSentence(e.Reason)))] : null,
    };

    /// <summary>The word on the wire; which keys this server has is nobody's business.</summary>
    internal static string? ReasonOf(TokenRejection? reason) => reason is { } known ? Word(known == TokenRejection.UnknownKey ? TokenRejection.Invalid : known) : null;

    /// <summary>SimpleJWT's, of the three ways in which an access token can be wrong.</summary>
    private static Sentence TokenSentence(TokenRejection? reason) => reason switch
    {
        TokenRejection.Expired => FailureTable.ExpiredToken,
        TokenRejection.Revoked => FailureTable.RevokedToken,
        _ => FailureTable.Of(ErrorCode.TokenNotValid).Words,
    };

    private static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}

/// <summary>An error's body.</summary>
/// <param name="Detail">For people, in the language of `Accept-Language` where it is one of ours, else in English.</param>
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

    /// <summary>Its ways to sign in, or what proves somebody once more.</summary>
    public string[]? Methods { get; init; }

    /// <summary>Until when a deleted account may be had back.</summary>
    public DateTime? RestoreUntil { get; init; }

    /// <summary>For naming the address that is missing, or for proving or adding the second factor.</summary>
    public string? Ticket { get; init; }

    /// <summary>Seconds that the ticket is good for.</summary>
    public int? ExpiresIn { get; init; }

    /// <summary>How many seconds ago a proof may have been.</summary>
    public int? MaxAge { get; init; }

    /// <summary>RFC 6749's word, where a program asks for a token.</summary>
    public string? Error { get; init; }

    public string? ErrorDescription { get; init; }

    /// <summary>How good a proof must be: `aal1`, or `aal2` for two factors.</summary>
    public string? Acr { get; init; }
}

/// <summary>SimpleJWT's words for an access token that is not accepted.</summary>
public sealed record TokenMessage(string TokenClass, string TokenType, string Message);
