using Microsoft.Net.Http.Headers;

namespace Accounts.Api.Http;

/// <summary>The members of a request's body, whichever of DRF's three forms it has; an empty body is an empty object.</summary>
public static class RequestBody
{
    /// <summary>Bytes.</summary>
    public const int MaxLength = 32 * 1024;

    /// <summary>Of a body that is too large, Kestrel still takes in as much before it closes: a client that is cut off while it sends never sees the 413.</summary>
    public const int MaxDrained = 1024 * 1024;

    /// <summary>Kestrel's own limit is a rate, by which so small a body could still take minutes.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(10);

    public static async Task<Dictionary<string, Field>> ReadAsync(HttpRequest request)
    {
        var body = await ReadToEndAsync(request);
        if (body.Length == 0)
        {
            return [];
        }
        if (request.Headers.ContentType.Count > 1 || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            throw RequestRefusedException.UnsupportedMediaType(request.ContentType ?? "");
        }
        return type.MediaType.Value?.ToLowerInvariant() switch
        {
            // UTF-8, whatever they call their charset: RFC 8259 section 11 gives the parameter no effect, and clients write utf8.
            "application/json" => JsonBody.Read(body),
            "application/x-www-form-urlencoded" => await FormBody.ReadUrlEncodedAsync(body, OAuthEndpointAttribute.IsAt(request.HttpContext), request.HttpContext.RequestAborted),
            "multipart/form-data" => await FormBody.ReadMultipartAsync(body, type, request.HttpContext.RequestAborted),
            _ => throw RequestRefusedException.UnsupportedMediaType(request.ContentType),
        };
    }

    private static async Task<byte[]> ReadToEndAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxLength)
        {
            throw RequestRefusedException.TooLarge();
        }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        limit.CancelAfter(ReadTimeout);
        try
        {
            return await ReadToEndAsync(request.Body, request.ContentLength ?? MaxLength, limit.Token);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            // A chunk size that overflows, a connection that breaks.
            throw RequestRefusedException.Unreadable();
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw RequestRefusedException.TooSlow();
        }
    }

    private static async Task<byte[]> ReadToEndAsync(Stream body, long expected, CancellationToken cancellation)
    {
        var buffer = new byte[expected + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length <= MaxLength ? buffer[..length] : throw RequestRefusedException.TooLarge();
    }
}
