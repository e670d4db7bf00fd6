using System.Text.Json;
using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Texts;

/// <summary>The files of the languages, as their translators leave them.</summary>
public sealed partial class LanguageFileTests
{
    private const string Folder = "Accounts.Core/Texts/Languages", English = "en";

    private static readonly string[] Names = ["ltr", "ID", "Google", "GitHub", "Facebook", "LinkedIn", "Microsoft", "GitLab", "Discord", "Apple", "OK", ".NET"];

    /// <summary>What another language says with the same letters.</summary>
    private static readonly Dictionary<string, string[]> SameWords = new()
    {
        ["de"] = [.. Names, "Administrator", "App", "April", "August", "Code", "Name", "November", "Passkey", "Passkeys", "Problem", "September", "{field} (optional)"],
        ["fr"] = [.. Names, "Administration", "Code", "Invitations", "{n} minute", "{n} minutes"],
        ["es"] = [.. Names, "Roles"],
        ["pt-BR"] = [.. Names],
    };

    private static readonly Dictionary<string, string> Source = Texts(English);

    public static TheoryData<string> Others => [.. SameWords.Keys];

    [Fact]
    public void There_is_one_file_a_language() =>
        Assert.Equal(SameWords.Keys.Append(English).Order(StringComparer.Ordinal), Directory.GetFiles(Path.Combine(Repository.Folder, Folder)).Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Others))]
    public void Each_text_is_in_it_and_nothing_else_is(string tag)
    {
        var keys = Texts(tag).Keys.Where(key => !IsAnswer(key)).ToHashSet();
        Assert.Empty(Source.Keys.Except(keys));
        Assert.Empty(keys.Except(Source.Keys));
    }

    [Theory, MemberData(nameof(Others))]
    public void Each_text_keeps_its_places_and_its_links(string tag) => Assert.Empty(Texts(tag)
        .Where(text => Source.ContainsKey(text.Key) && !Marks(text.Value).SequenceEqual(Marks(Source[text.Key]))).Select(text => $"{text.Key}: {text.Value}"));

    [Theory, MemberData(nameof(Others))]
    public void No_text_was_left_in_English(string tag) => Assert.Empty(Texts(tag)
        .Where(text => Source.GetValueOrDefault(text.Key) == text.Value && Letters().IsMatch(Places().Replace(text.Value, ""))).Select(text => text.Value).Distinct().Except(SameWords[tag]));

    [Theory, MemberData(nameof(Others))]
    public void No_word_is_called_the_same_that_is_not(string tag) => Assert.Empty(SameWords[tag].Except(Texts(tag).Values));

    [Theory, MemberData(nameof(Others)), InlineData(English)]
    public void A_text_for_one_has_one_for_more_and_no_text_is_empty_or_has_spaces_around(string tag)
    {
        var texts = Texts(tag);
        Assert.All(texts.Keys.Where(key => key.EndsWith(".one", StringComparison.Ordinal)), key => Assert.Contains($"{key[..^4]}.other", texts.Keys));
        Assert.All(texts, text => Assert.True(text.Value.Length > 0 && (text.Value == text.Value.Trim() || text.Key.StartsWith("lists.", StringComparison.Ordinal)), text.Key));
    }

    /// <summary>What a translator would not find.</summary>
    [Fact]
    public void No_word_that_people_read_stands_in_a_page_or_its_script()
    {
        var pages = Directory.GetFiles(Path.Combine(Repository.Folder, "Accounts.Api/wwwroot"), "*.html")
            .SelectMany(path => Between().Matches(Ornaments().Replace(File.ReadAllText(path), "")).Select(match => match.Groups[1].Value).Where(text => Letters().IsMatch(Marked().Replace(text, "")))
                .Concat(Attributes().Matches(File.ReadAllText(path)).Select(match => match.Value)).Select(text => $"{Path.GetFileName(path)}: {text.Trim()}"));
        var scripts = Directory.GetFiles(Path.Combine(Repository.Folder, "Accounts.Api/wwwroot"), "*.js")
            .SelectMany(path => Sentences().Matches(Comments().Replace(File.ReadAllText(path), "")).Select(match => $"{Path.GetFileName(path)}: {match.Value}")).Where(text => !text.Contains("There is no text", StringComparison.Ordinal));
        Assert.Empty(pages.Concat(scripts));
    }

    private static bool IsAnswer(string key) => key.StartsWith("answers.", StringComparison.Ordinal);

    private static string[] Marks(string text) =>
        [.. Places().Matches(text).Select(match => match.Value).Concat(Links().Matches(text).Select(match => match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> Texts(string tag)
    {
        using var file = JsonDocument.Parse(Repository.Read($"{Folder}/{tag}.json"));
        return Flat(file.RootElement, "").ToDictionary();
    }

    private static IEnumerable<KeyValuePair<string, string>> Flat(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Flat(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")),
        JsonValueKind.Array => [new(path, string.Join('\n', element.EnumerateArray().Select(line => line.GetString())))],
        _ => [new(path, element.GetString()!)],
    };

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Places();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"\p{L}{2}")]
    private static partial Regex Letters();

    [GeneratedRegex(@"<!--.*?-->|<svg.*?</svg>|<symbol.*?</symbol>", RegexOptions.Singleline)]
    private static partial Regex Ornaments();

    [GeneratedRegex(">([^<>]+)<")]
    private static partial Regex Between();

    [GeneratedRegex(@"\{\{[\w.-]+\}\}")]
    private static partial Regex Marked();

    [GeneratedRegex("""\b(title|placeholder|aria-label|alt)="[^"{]*\p{L}[^"]*"(?!=)""")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    /// <summary>A string that begins with a capital and has a second word.</summary>
    [GeneratedRegex(@"['`""]\p{Lu}\p{Ll}+[ ,]+\p{Ll}[^'`""]*['`""]")]
    private static partial Regex Sentences();
}
