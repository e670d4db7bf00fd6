using System.Text.Json;

namespace Accounts.Tests.Http.Recordings;

/// <summary>The recorded requests and answers of the Django original, in the order in which they were sent.</summary>
public static class DjangoRecordings
{
    private const string ByScript = ", by a script";

    /// <summary>As they were recorded.</summary>
    public static IReadOnlyList<Recording> Recorded { get; } = Read();

    /// <summary>
    /// As they are replayed: what opened a verification link said nothing of itself, and such a visitor gets a page
    /// here; a front end's script says that it wants JSON, so that each of these is sent as a script sends it, too.
    /// </summary>
    public static IEnumerable<Recording> Replayed => Recorded.SelectMany<Recording, Recording>(row => OpensLink(row) ? [row, AsScript(row)] : [row]);

    public static Recording Called(string title) => Recorded.Single(row => row.Title == title);

    /// <summary>The first that sends the same to <paramref name="path"/>, without credentials in the header, and was answered in JSON.</summary>
    public static Recording? Plain(string method, string path, Recording like) => Recorded.FirstOrDefault(row =>
        row.Is(method, path) && row.Request.Body == like.Request.Body && row.Header("Cookie") == like.Header("Cookie")
        && row.Header("Authorization") is null && row.Header("Origin") is null && row.Header("Accept") is null or "*/*" && !row.AnswersHtml);

    private static bool OpensLink(Recording row) =>
        row.Request.Method == "GET" && row.Request.Path.StartsWith("/api/auth/verify-email/", StringComparison.Ordinal) && row.Header("Accept") is null;

    private static Recording AsScript(Recording row) => row with
    {
        Name = row.Name + ByScript,
        Request = row.Request with { Headers = new(row.Request.Headers) { ["Accept"] = "application/json" } },
    };

    private static List<Recording> Read()
    {
        using var lines = new StreamReader(typeof(DjangoRecordings).Assembly.GetManifestResourceStream("django.jsonl")!);
        var rows = new List<Recording>();
        while (lines.ReadLine() is { } line)
        {
            rows.Add(JsonSerializer.Deserialize<Recording>(line, JsonSerializerOptions.Web)!);
        }
        return rows;
    }
}
