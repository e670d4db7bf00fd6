using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Accounts.Tests.Support;

/// <summary>A response, read to its end.</summary>
public sealed record Answer(HttpStatusCode StatusCode, HttpResponseHeaders Headers, string? MediaType, string Text)
{
    public int Status => (int)StatusCode;

    /// <summary>The body as JSON; throws when it is none.</summary>
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>A member of the body as text; null when it has no such member.</summary>
    public string? this[string member] => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(member, out var value)
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
        : null;

    public string Access => this["access"]!;

    public IEnumerable<string> SetCookies => Headers.TryGetValues("Set-Cookie", out var values) ? values : [];

    /// <summary>The value that a Set-Cookie gives a cookie; null when the answer sets none of that name.</summary>
    public string? Cookie(string name) => SetCookies.Where(cookie => cookie.StartsWith($"{name}=", StringComparison.Ordinal))
        .Select(cookie => cookie[(name.Length + 1)..].Split(';')[0]).LastOrDefault();

    /// <summary>The refresh token that the answer sets; empty when it clears it, null when it leaves it alone.</summary>
    public string? RefreshCookie => Cookie("refresh_token");

    /// <summary>Those of its content, which <see cref="Headers"/> does not have.</summary>
    private HttpContentHeaders? OfContent { get; init; }

    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) || OfContent?.TryGetValues(name, out values) == true ? string.Join(", ", values!) : null;

    /// <summary>By what a cache keeps such answers apart.</summary>
    public string[] Vary => Header("Vary")?.Split(", ") ?? [];

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync()) { OfContent = response.Content.Headers };

    public override string ToString() => $"{Status} {Text}";
}
