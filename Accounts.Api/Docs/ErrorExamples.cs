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
        var body = new ErrorBody(FailureTable.Example(code), ErrorBodies.Word(code));
        return code switch
        {
            ErrorCode.Throttled => body with { RetryAfter = 42 },
            ErrorCode.AccountExists => body with { LinkToken = Examples.MailedToken, Methods = ["password", "google", "mail"] },
            ErrorCode.AccountDeleted => body with { RestoreUntil = new DateTime(2027, 1, 15, 12, 0, 0, DateTimeKind.Utc) },
            ErrorCode.SecondFactorRequired => body with { Ticket = Examples.MailedToken, Methods = ["totp", "recovery_code"], ExpiresIn = 300 },
            ErrorCode.SecondFactorEnrolmentRequired => body with { Ticket = Examples.MailedToken, ExpiresIn = 900 },
            ErrorCode.RecoveryWaits => body with { RetryAfter = 86400 },
            ErrorCode.ReauthenticationRequired => body with { Methods = ["password"], MaxAge = 600, Acr = "aal1" },
            ErrorCode.EmailRequired => body with { Ticket = Examples.MailedToken },
            ErrorCode.TokenNotValid => body with { Reason = "reused" },
            _ => body,
        };
    }

    public static ErrorBody BadAccessToken { get; } = Of(ErrorCode.TokenNotValid) with
    {
        Detail = FailureTable.AccessTokenWords.ToString(),
        Reason = "expired",
        Messages = [new TokenMessage("AccessToken", "access", "Token is expired")],
    };
}
