namespace Accounts.Core.Failures;

/// <summary>
/// A failure that a caller is told about, by its code. Its status and its usual words are HTTP's affair. Thrown only
/// after its consequences are committed.
/// </summary>
/// <param name="code">what went wrong, for programs</param>
/// <param name="detail">other words than the code's usual ones; null for those</param>
public abstract class AccountsException(ErrorCode code, Sentence? detail = null) : Exception(detail?.ToString() ?? code.ToString())
{
    public ErrorCode Code { get; } = code;

    public Sentence? Detail { get; } = detail;
}

/// <summary>Some fields cannot be accepted; holds a message for each of them.</summary>
public sealed class InvalidInputException(FieldErrors errors) : AccountsException(ErrorCode.BadRequest)
{
    public FieldErrors Errors { get; } = errors;

    /// <summary>Whether all of it is that somebody else has them already.</summary>
    public bool IsTaken { get; init; }
}

/// <summary>The request is understood but what it brings (a mailed token, a code) is not good.</summary>
public sealed class RefusedException(ErrorCode code) : AccountsException(code);

/// <summary>Who is asking could not be established.</summary>
public sealed class AuthenticationFailedException(ErrorCode code, TokenRejection? reason = null) : AccountsException(code)
{
    /// <summary>Why a token was refused; null where no token was looked at.</summary>
    public TokenRejection? Reason { get; } = reason;

    /// <summary>Whether it was an access token that was refused, for which SimpleJWT's clients expect <c>messages</c>.</summary>
    public bool IsAccessToken { get; private init; }

    /// <summary>The one answer for an unknown user, a wrong password, an inactive user, an account without a password.</summary>
    public static AuthenticationFailedException InvalidCredentials() => new(ErrorCode.InvalidCredentials);

    public static AuthenticationFailedException BadAuthorizationHeader() => new(ErrorCode.BadAuthorizationHeader);

    public static AuthenticationFailedException RefreshToken(TokenRejection reason) => new(ErrorCode.TokenNotValid, reason);

    public static AuthenticationFailedException AccessToken(TokenRejection reason) => new(ErrorCode.TokenNotValid, reason) { IsAccessToken = true };
}

/// <summary>The asker is known, or needs not be, and may not do this.</summary>
public sealed class PermissionDeniedException(ErrorCode code, Sentence? detail = null) : AccountsException(code, detail)
{
    /// <summary>Who has proved to be a user, and is not let in; else null.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Until when the account may be had back; null where it is not deleted, or may not any more.</summary>
    public DateTime? RestoreUntil { get; init; }
}

/// <summary>The first proof was good, and the user has a second factor to prove: with the ticket, within its time, and in no other way.</summary>
/// <param name="methods">that the user has</param>
public sealed class SecondFactorRequiredException(string[] methods) : AccountsException(ErrorCode.SecondFactorRequired)
{
    public string[] Methods { get; } = methods;

    /// <summary>For <c>login/second-factor/</c>, spent by one right factor; null where the same request is sent again with a factor.</summary>
    public string? Ticket { get; init; }

    /// <summary>Of the ticket.</summary>
    public TimeSpan? Lifetime { get; init; }
}

/// <summary>The first proof was good, and the user must have a second factor and has none: they add one with the ticket, and are in.</summary>
/// <param name="ticket">for adding one, and nothing else</param>
/// <param name="lifetime">of the ticket</param>
public sealed class EnrolmentRequiredException(string ticket, TimeSpan lifetime) : AccountsException(ErrorCode.SecondFactorEnrolmentRequired)
{
    public string Ticket { get; } = ticket;

    public TimeSpan Lifetime { get; } = lifetime;
}

/// <summary>An account is had back without the factor that was added last, and so not at once.</summary>
public sealed class RecoveryWaitsException(TimeSpan wait) : AccountsException(ErrorCode.RecoveryWaits)
{
    public TimeSpan Wait { get; } = wait;
}

/// <summary>Who is signed in has to prove once more who they are, before they do this (RFC 9470).</summary>
/// <param name="methods">by one of which they can</param>
/// <param name="maxAge">how long ago it may have been</param>
/// <param name="level">how well: an <c>acr</c></param>
public sealed class StepUpRequiredException(string[] methods, TimeSpan maxAge, string level) : AccountsException(ErrorCode.ReauthenticationRequired)
{
    public string[] Methods { get; } = methods;

    public TimeSpan MaxAge { get; } = maxAge;

    public string Level { get; } = level;
}

/// <summary>What is asked for is not there.</summary>
public sealed class NotFoundException() : AccountsException(ErrorCode.NotFound);

/// <summary>What is asked for contradicts what is there.</summary>
public sealed class ConflictException(ErrorCode code) : AccountsException(code);

/// <summary>What is to be changed is not as it was when the asker read it.</summary>
public sealed class StaleException() : AccountsException(ErrorCode.Stale);

/// <summary>What the asker goes on from is not there any more.</summary>
public sealed class GoneException() : AccountsException(ErrorCode.Gone);

/// <summary>Too many requests of this kind.</summary>
public sealed class ThrottledException(TimeSpan retryAfter) : AccountsException(ErrorCode.Throttled)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The server cannot answer now (overloaded, database away); nothing was counted or changed.</summary>
public sealed class UnavailableException(TimeSpan retryAfter) : AccountsException(ErrorCode.Unavailable)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
