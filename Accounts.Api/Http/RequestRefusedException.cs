using Accounts.Core.Failures;

namespace Accounts.Api.Http;

/// <summary>A request that HTTP alone refuses, whatever it asks for: its form, its type, its origin.</summary>
public sealed class RequestRefusedException(int status, ErrorCode code, string detail) : AccountsException(code, detail)
{
    public int Status { get; } = status;

    public static RequestRefusedException ParseError(string format, string reason) =>
        new(StatusCodes.Status400BadRequest, ErrorCode.ParseError, $"{format} parse error - {reason}");

    public static RequestRefusedException UnsupportedMediaType(string? type) =>
        new(StatusCodes.Status415UnsupportedMediaType, ErrorCode.UnsupportedMediaType, $"Unsupported media type \"{type}\" in request.");

    public static RequestRefusedException Unreadable() => new(StatusCodes.Status400BadRequest, ErrorCode.BadRequest, "Bad request.");

    public static RequestRefusedException TooSlow() =>
        new(StatusCodes.Status408RequestTimeout, ErrorCode.BadRequest, "The request body took too long to arrive.");

    public static RequestRefusedException TooLarge() =>
        new(StatusCodes.Status413PayloadTooLarge, ErrorCode.PayloadTooLarge, "Request body is too large.");
}
