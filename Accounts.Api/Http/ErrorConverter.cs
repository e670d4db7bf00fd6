using Accounts.Core.Data;
using Accounts.Core.Failures;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Accounts.Api.Http;

/// <summary>Turns whatever goes wrong below into an answer of the contract: failures by their kind, a lost database into 503, bare 404 and 405 into JSON, the unforeseen into 500.</summary>
public sealed partial class ErrorConverter(RequestDelegate next, ILogger<ErrorConverter> log)
{
    private static readonly TimeSpan DatabaseRetry = TimeSpan.FromSeconds(2);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            await FillAsync(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await ConvertAsync(context, e);
        }
    }

    private Task ConvertAsync(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case AccountsException failure:
                return ErrorBodies.WriteAsync(context, failure);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return ErrorBodies.WriteAsync(context, RequestRefusedException.TooLarge());
            case BadHttpRequestException e:
                return ErrorBodies.WriteAsync(context, RequestRefusedException.Unreadable(e.StatusCode));
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                return Task.CompletedTask;
            case var e when DatabaseAway(e) is { } reason:
                LogDatabaseAway(DatabaseFailure.Reason(reason));
                return ErrorBodies.WriteAsync(context, new UnavailableException(DatabaseRetry));
            default:
                LogUnforeseen(exception);
                return ErrorBodies.WriteAsync(context, ErrorCode.Error);
        }
    }

    /// <summary>A connection that fails or is refused, a statement that takes too long, a server that restarts: to be tried again later.</summary>
    private static Exception? DatabaseAway(Exception exception) => exception switch
    {
        PostgresException { IsTransient: false } e when !IsShutdown(e) && !IsRefusal(e) => null,
        NpgsqlException or TimeoutException => exception,
        DbUpdateException { InnerException: { } inner } => DatabaseAway(inner),
        InvalidOperationException { InnerException: NpgsqlException inner } => DatabaseAway(inner),
        _ => null,
    };

    private static bool IsShutdown(PostgresException e) =>
        e.SqlState.StartsWith("57P", StringComparison.Ordinal) || e.SqlState == PostgresErrorCodes.QueryCanceled;

    /// <summary>Classes 28 and 3D: a password changed there and not here yet, another server in its place.</summary>
    private static bool IsRefusal(PostgresException e) =>
        e.SqlState.StartsWith("28", StringComparison.Ordinal) || e.SqlState.StartsWith("3D", StringComparison.Ordinal);

    private static Task FillAsync(HttpContext context)
    {
        var response = context.Response;
        if (response.HasStarted || response.ContentLength > 0 || response.ContentType is not null)
        {
            return Task.CompletedTask;
        }
        return response.StatusCode switch
        {
            StatusCodes.Status404NotFound => ErrorBodies.WriteAsync(context, ErrorCode.NotFound),
            StatusCodes.Status405MethodNotAllowed => NameMethodsAsync(context),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>Routing has named the methods of the path; OPTIONS, which asks for them, is one.</summary>
    private static Task NameMethodsAsync(HttpContext context)
    {
        context.Response.Headers.Allow = $"{context.Response.Headers.Allow}, OPTIONS";
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
        return ErrorBodies.WriteAsync(context, RequestRefusedException.MethodNotAllowed(context.Request.Method));
    }

    [LoggerMessage(LogLevel.Error, "The database cannot be used: {Reason}")]
    private partial void LogDatabaseAway(string reason);

    [LoggerMessage(LogLevel.Error, "An unforeseen error")]
    private partial void LogUnforeseen(Exception exception);
}
