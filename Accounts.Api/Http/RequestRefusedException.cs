using Accounts.Core.Failures;

namespace Accounts.Api.Http;

/// <summary>A request that HTTP alone refuses, whatever it asks for: its form, its type, its origin.</summary>
public sealed class RequestRefusedException(ErrorCode code, Sentence? detail = null) : AccountsException(code, detail)
{
    /// <summary>Another status than the code's; null for that.</summary>
    public int? Status { get; private init; }

    public static RequestRefusedException ParseError(Sentence format, Sentence reason) =>
        new(ErrorCode.ParseError, FailureTable.Words(ErrorCode.ParseError, format, reason));

    public static RequestRefusedException UnsupportedMediaType(string? type) =>
        new(ErrorCode.UnsupportedMediaType, FailureTable.Words(ErrorCode.UnsupportedMediaType, type ?? ""));

    public static RequestRefusedException MethodNotAllowed(string method) =>
        new(ErrorCode.MethodNotAllowed, FailureTable.Words(ErrorCode.MethodNotAllowed, method));

    public static RequestRefusedException InvalidHost() => new(ErrorCode.BadRequest, "Invalid Host header.");

    /// <summary>What Kestrel itself could not read.</summary>
    public static RequestRefusedException Unreadable(int status = StatusCodes.Status400BadRequest) => new(ErrorCode.BadRequest) { Status = status };

    public static RequestRefusedException TooSlow() =>
        new(ErrorCode.BadRequest, "The request body took too long to arrive.") { Status = StatusCodes.Status408RequestTimeout };

    public static RequestRefusedException TooLarge() => new(ErrorCode.PayloadTooLarge);
}
