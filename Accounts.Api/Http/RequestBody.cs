using Microsoft.Net.Http.Headers;

namespace Accounts.Api.Http;

/// <summary>The members of a request's body, whichever of DRF's three forms it has; an empty body is an empty object.</summary>
public static class RequestBody
{
    /// <summary>Bytes; Kestrel holds to it too.</summary>
    public const int MaxLength = 32 * 1024;

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
            "application/json" when IsUtf8(type) => JsonBody.Read(body),
            "application/x-www-form-urlencoded" when IsUtf8(type) => await FormBody.ReadUrlEncodedAsync(body, request.HttpContext.RequestAborted),
            "multipart/form-data" => await FormBody.ReadMultipartAsync(body, type, request.HttpContext.RequestAborted),
            _ => throw RequestRefusedException.UnsupportedMediaType(request.ContentType),
        };
    }

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]> ReadToEndAsync(HttpRequest request)
    {
        if (request.ContentLength > MaxLength)
        {
            throw RequestRefusedException.TooLarge();
        }
        var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        return buffer.Length <= MaxLength ? buffer.ToArray() : throw RequestRefusedException.TooLarge();
    }
}
