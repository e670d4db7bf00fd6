using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Faults;

/// <summary>What became of a request.</summary>
internal enum Came
{
    Answer,
    /// <summary>The server's own 503, with when to come again.</summary>
    Unavailable,
    /// <summary>An error that the proxy made.</summary>
    ProxyError,
    /// <summary>The connection broke, or nothing came in time: done or not, nobody can tell.</summary>
    Nothing,
}

internal sealed record Reply(Came Came, int Status, JsonElement Body, string[] SetCookies, string? Trouble)
{
    private const string RefreshCookie = "refresh_token=";

    public string? this[string name] => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var value) ? value.ToString() : null;

    /// <summary>The refresh token that it brings; empty where it is taken away.</summary>
    public string? Refresh => SetCookies.FirstOrDefault(cookie => cookie.StartsWith(RefreshCookie, StringComparison.Ordinal))?[RefreshCookie.Length..].Split(';')[0];

    public static async Task<Reply> OfAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        var status = (int)answer.StatusCode;
        var cookies = answer.Headers.TryGetValues("Set-Cookie", out var values) ? values.ToArray() : [];
        if (!answer.Headers.Contains("X-Trace-Id"))
        {
            return new Reply(status >= 500 ? Came.ProxyError : Came.Answer, status, default, cookies, null);
        }
        var body = text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default;
        var trouble = Trouble503(answer.StatusCode, answer.Headers, cookies) ?? (status >= 500 && status != 503 ? $"{status} {text}" : null);
        return new Reply(status == 503 ? Came.Unavailable : Came.Answer, status, body, cookies, trouble);
    }

    private static string? Trouble503(HttpStatusCode status, HttpResponseHeaders headers, string[] cookies) => status switch
    {
        not HttpStatusCode.ServiceUnavailable => null,
        _ when headers.RetryAfter is null => "503 without Retry-After",
        _ when cookies.Length > 0 => $"503 that changes a cookie: {cookies[0]}",
        _ => null,
    };
}
