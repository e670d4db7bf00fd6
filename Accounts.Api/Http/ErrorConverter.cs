using Accounts.Core.Data;
using Accounts.Core.Failures;

namespace Accounts.Api.Http;

/// <summary>Turns whatever goes wrong below into an answer of the contract: failures by their kind, a lost database into 503, bare 404 and 405 into JSON, the unforeseen into 500.</summary>
public sealed partial class ErrorConverter(RequestDelegate next, DatabasePools pools, ILogger<ErrorConverter> log)
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
            case var e when DatabaseFailure.Away(e) is { } reason:
                LogDatabaseAway(DatabaseFailure.Reason(reason));
                pools.DropWhatOnlyReads(e);
                return ErrorBodies.WriteAsync(context, new UnavailableException(DatabaseRetry));
            default:
                LogUnforeseen(exception);
                return ErrorBodies.WriteAsync(context, ErrorCode.Error);
        }
    }

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
