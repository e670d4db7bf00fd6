using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Http;

/// <summary>An action whose answer is a JSON object in each line.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StreamsLinesAttribute : Attribute
{
    public const string MediaType = "application/x-ndjson";
}

/// <summary>A JSON object in each line, sent part by part as they come.</summary>
/// <param name="parts">until the request is broken off</param>
public sealed class JsonLines<TLine>(Func<CancellationToken, IAsyncEnumerable<IEnumerable<TLine>>> parts) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, cancellation) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
        var options = context.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
        var type = (JsonTypeInfo<TLine>)options.GetTypeInfo(typeof(TLine));
        await foreach (var part in parts(cancellation))
        {
            // Not before the first part is there: a database that is away is told as everywhere.
            response.ContentType ??= StreamsLinesAttribute.MediaType;
            await response.Body.WriteAsync(Lines(part, type), cancellation);
            await response.Body.FlushAsync(cancellation);
        }
    }

    private static ReadOnlyMemory<byte> Lines(IEnumerable<TLine> part, JsonTypeInfo<TLine> type)
    {
        using var lines = new MemoryStream();
        foreach (var line in part)
        {
            JsonSerializer.Serialize(lines, line, type);
            lines.WriteByte((byte)'\n');
        }
        return lines.ToArray();
    }
}
