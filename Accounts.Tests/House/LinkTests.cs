using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>A link from one document to another leads to a file, and to a heading where it names one.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] Documents =
        [.. new[] { "", "docs" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Folder, folder), "*.md"))
            .Select(file => Path.GetRelativePath(Repository.Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static readonly (string Document, string Target)[] Links =
        [.. Documents.SelectMany(document => Link().Matches(Code().Replace(Prose(document), "")).Select(match => (Document: document, Target: match.Groups[1].Value)))
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal))];

    [Fact]
    public void Every_link_leads_to_a_file_of_this_repository()
    {
        Assert.Contains(("docs/settings.md", "../.env.example"), Links);
        Assert.DoesNotContain(Links, link => !IsInside(Destination(link.Document, link.Target)));
    }

    [Fact]
    public void Every_anchor_leads_to_a_heading()
    {
        var anchored = Links.Where(link => link.Target.Contains('#', StringComparison.Ordinal)).ToArray();
        Assert.Contains(("docs/production.md", "#the-database"), anchored);
        Assert.DoesNotContain(anchored, link => !Anchors(Destination(link.Document, link.Target)).Contains(link.Target.Split('#')[1]));
    }

    [Fact]
    public void The_README_leads_to_every_other_document()
    {
        var led = Links.Where(link => link.Document == "README.md").Select(link => Destination(link.Document, link.Target));
        Assert.Empty(Documents.Except(led.Append("README.md")));
    }

    [Theory]
    [InlineData("What goes wrong?", "what-goes-wrong")]
    [InlineData("The database's password", "the-databases-password")]
    [InlineData("`keys` and A_B, x-y", "keys-and-a_b-x-y")]
    public void A_heading_has_the_anchor_that_the_forges_give_it(string heading, string anchor) => Assert.Equal(anchor, Anchor(heading));

    /// <summary>A path from the repository's root, without the anchor.</summary>
    private static string Destination(string document, string target)
    {
        var folder = Path.GetDirectoryName(document)!;
        var file = target.Split('#')[0];
        var path = file.Length == 0 ? document : Path.Combine(folder, file);
        return Path.GetRelativePath(Repository.Folder, Path.GetFullPath(path, Repository.Folder)).Replace('\\', '/');
    }

    private static bool IsInside(string path) => !path.StartsWith("..", StringComparison.Ordinal) && Path.Exists(Path.Combine(Repository.Folder, path));

    private static IEnumerable<string> Anchors(string document) => Heading().Matches(Prose(document)).Select(match => Anchor(match.Groups[1].Value));

    private static string Anchor(string heading) => Dropped().Replace(heading, "").Replace(' ', '-').ToLowerInvariant();

    /// <summary>A document without its blocks of code, in which a # begins a comment.</summary>
    private static string Prose(string document) => Fence().Replace(Repository.Read(document), "");

    [GeneratedRegex(@"`[^`\n]+`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\s-]")]
    private static partial Regex Dropped();

    [GeneratedRegex(@"^\s*```.*?^\s*```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
