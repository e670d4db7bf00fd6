using System.Collections.Concurrent;
using System.Text.Json;

namespace Accounts.Core.Texts;

/// <summary>
/// The texts of one language: a tree of names in JSON, known by their path (<c>pages.verify-email.title</c>). A list is a text
/// of several lines.
/// </summary>
internal static class LanguageFile
{
    public const string Ending = ".json", English = "en";

    private const string Folder = "Accounts.Core.Texts.Languages.";

    /// <summary>What is said by its English sentence, and so is in no file of English.</summary>
    public const string Answers = "answers.";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly ConcurrentDictionary<string, Dictionary<string, string>> Known = new();

    /// <summary>The tags of the languages that we have.</summary>
    public static string[] Tags { get; } =
        [.. typeof(LanguageFile).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Select(name => name[Folder.Length..^Ending.Length])];

    public static bool Knows(string key) => Ours(English).ContainsKey(key) || key.StartsWith(Answers, StringComparison.Ordinal);

    /// <summary>Those of the program; none for a language that we do not have.</summary>
    public static IReadOnlyDictionary<string, string> Ours(string tag) => Known.GetOrAdd(tag, static wanted =>
    {
        using var stream = typeof(LanguageFile).Assembly.GetManifestResourceStream($"{Folder}{wanted}{Ending}");
        return stream is null ? [] : Read(stream);
    });

    /// <exception cref="JsonException">it is no JSON</exception>
    public static Dictionary<string, string> Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream);
    }

    private static Dictionary<string, string> Read(Stream stream)
    {
        using var document = JsonDocument.Parse(stream, Lenient);
        return Flat(document.RootElement, "").ToDictionary();
    }

    private static IEnumerable<KeyValuePair<string, string>> Flat(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Flat(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")),
        JsonValueKind.Array => [new(path, string.Join('\n', element.EnumerateArray().Select(line => line.GetString())))],
        JsonValueKind.String => [new(path, element.GetString()!)],
        _ => throw new JsonException($"{path} is no text."),
    };
}
