using System.Text.Json;
using System.Text.RegularExpressions;
using Accounts.Core.Audit;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>What the page of one's own account says: of every event, and nothing that is not written down.</summary>
public sealed partial class AccountWordsTests
{
    private static readonly JsonElement Pages = JsonDocument.Parse(Repository.Read("Accounts.Core/Texts/Languages/en.json")).RootElement.GetProperty("pages");

    private static JsonElement Words(string page) => Pages.GetProperty(page).GetProperty("words");

    [Fact]
    public void Every_kind_of_event_has_a_word() => Assert.Equal(
        Enum.GetNames<SecurityEventKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).Order(StringComparer.Ordinal),
        Words("account").GetProperty("events").EnumerateObject().Select(word => word.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void What_its_scripts_say_is_written_down_and_what_is_written_down_is_said()
    {
        var scripts = Files("account*.js");
        var named = Named().Matches(scripts + Files("account*.html")).Select(match => match.Groups[1].Value.Split('.')[0]).ToHashSet();
        Assert.Empty(Words("account").EnumerateObject().Select(word => word.Name).Except([.. named, "events", "errors"]));
        var said = Said().Matches(scripts).SelectMany(match => new[] { match.Groups[1].Value, match.Groups[2].Value }).Where(key => key.Length > 0).ToHashSet();
        Assert.NotEmpty(said);
        Assert.DoesNotContain(said, key => !Has("account", key) && !Has("common", key));
    }

    private static string Files(string named) => string.Concat(Directory.GetFiles(Path.Combine(Repository.Folder, "Accounts.Api/wwwroot"), named).Select(File.ReadAllText));

    private static bool Has(string page, string key) => Words(page).TryGetProperty(key, out _);

    [GeneratedRegex("""['"]([a-z][\w-]*(?:\.[a-z][\w-]*)*)['"]""", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    /// <summary>One text, or one of two.</summary>
    [GeneratedRegex(@"\b(?:say|tell|count)\((?:[^'()]* \? )?'([\w-]+)'(?: : '([\w-]+)')?")]
    private static partial Regex Said();
}
