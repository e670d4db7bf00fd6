using System.Text.Json.Nodes;

namespace Accounts.Tests.Http.Recordings;

/// <summary>What is compared of an answer, the original's or ours.</summary>
public sealed record Reply
{
    public const string HtmlPage = "(an HTML page)";

    public required int Status { get; init; }

    public string? MediaType { get; init; }

    public string? Challenge { get; init; }

    /// <summary>On 405 only; in the order of the alphabet.</summary>
    public string Allow { get; init; } = "";

    public string? AllowOrigin { get; init; }

    public string? AllowCredentials { get; init; }

    /// <summary>Their names, whether they are set or cleared, and HttpOnly, SameSite and Path.</summary>
    public string Cookies { get; init; } = "";

    /// <summary>Null where there is none; the text <see cref="HtmlPage"/> for a page.</summary>
    public JsonNode? Body { get; init; }

    public string? Detail => Body is JsonObject json && json["detail"] is JsonValue value ? value.ToString() : null;

    public static Reply Of(int status, IEnumerable<(string Name, string Value)> headers, string body)
    {
        var all = headers.ToLookup(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
        var type = all["Content-Type"].SingleOrDefault()?.Split(';')[0];
        return new Reply
        {
            Status = status,
            MediaType = type,
            Challenge = all["WWW-Authenticate"].SingleOrDefault(),
            Allow = status == 405 ? Methods(all["Allow"].Single().Split(", ")) : "",
            AllowOrigin = all["Access-Control-Allow-Origin"].SingleOrDefault(),
            AllowCredentials = all["Access-Control-Allow-Credentials"].SingleOrDefault(),
            Cookies = string.Join(", ", all["Set-Cookie"].Select(Cookie).Order(StringComparer.Ordinal)),
            Body = body.Length == 0 ? null : type == "text/html" ? HtmlPage : JsonNode.Parse(body),
        };
    }

    public static string Methods(IEnumerable<string> methods) => string.Join(", ", methods.Order(StringComparer.Ordinal));

    private static string Cookie(string header)
    {
        var parts = header.Split(';', StringSplitOptions.TrimEntries);
        var (name, value) = (parts[0].Split('=')[0], parts[0].Split('=', 2)[1].Trim('"'));
        var compared = parts[1..].Select(part => part.ToLowerInvariant())
            .Where(part => part == "httponly" || part.StartsWith("samesite=", StringComparison.Ordinal) || part.StartsWith("path=", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        return $"{name} {(value.Length > 0 ? "set" : "cleared")} ({string.Join(' ', compared)})";
    }

    /// <summary>Empty when <paramref name="actual"/> is what this one says.</summary>
    public IEnumerable<string> DifferencesTo(Reply actual)
    {
        (string Name, object? Expected, object? Actual)[] parts =
        [
            ("status", Status, actual.Status), ("media type", MediaType, actual.MediaType), ("WWW-Authenticate", Challenge, actual.Challenge),
            ("Allow", Allow, actual.Allow), ("Set-Cookie", Cookies, actual.Cookies),
            ("Access-Control-Allow-Origin", AllowOrigin, actual.AllowOrigin), ("Access-Control-Allow-Credentials", AllowCredentials, actual.AllowCredentials),
        ];
        var differences = parts.Where(part => !Equals(part.Expected, part.Actual)).Select(part => $"{part.Name}: expected {part.Expected ?? "none"}, was {part.Actual ?? "none"}");
        return Shapes.Fit(Body, actual.Body) ? differences : differences.Append($"body: expected {Shapes.Show(Body)}, was {Shapes.Show(actual.Body)}");
    }
}
