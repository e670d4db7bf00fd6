using Accounts.Tests.Support;

namespace Accounts.Tests.House;

/// <summary>What people wrote: no build output, nothing fetched, nothing generated.</summary>
internal static class SourceFiles
{
    private static readonly string[] NotWritten = ["bin", "obj", "node_modules", "Migrations"];

    /// <summary>Paths from the repository's root, with slashes.</summary>
    public static List<string> In(string folder, params string[] extensions) =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Folder, folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Folder, file).Replace('\\', '/'))
            .Where(file => extensions.Contains(Path.GetExtension(file)) && !file.Split('/').Intersect(NotWritten).Any())];

    /// <summary>A file's code without its comments.</summary>
    public static string Code(string file) =>
        string.Join('\n', Repository.Read(file).Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
}
