namespace Accounts.Development;

/// <summary>
/// The file <c>.env</c> beside Accounts.sln as configuration: KEY=VALUE lines, # comments, optional quotes and "export".
/// It belongs beneath the environment variables, which win.
/// </summary>
public static class DotEnv
{
    public static IEnumerable<KeyValuePair<string, string?>> Read() =>
        SolutionFolder() is { } folder ? Read(Path.Combine(folder, ".env")) : [];

    public static IEnumerable<KeyValuePair<string, string?>> Read(string file) =>
        File.Exists(file) ? File.ReadLines(file).Select(Parse).OfType<KeyValuePair<string, string?>>() : [];

    /// <summary>The nearest folder with Accounts.sln above the current one, else above the program; null when it is installed elsewhere.</summary>
    public static string? SolutionFolder() =>
        Upwards(Directory.GetCurrentDirectory()).Concat(Upwards(AppContext.BaseDirectory))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "Accounts.sln")));

    private static IEnumerable<string> Upwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }

    private static KeyValuePair<string, string?>? Parse(string line)
    {
        var parts = line.Trim().Split('=', 2);
        if (parts.Length < 2 || parts[0].StartsWith('#'))
        {
            return null;
        }

        var key = parts[0].StartsWith("export ", StringComparison.Ordinal) ? parts[0]["export ".Length..] : parts[0];
        return new(key.Trim().Replace("__", ":", StringComparison.Ordinal), Value(parts[1].Trim()));
    }

    /// <summary>In quotes everything counts; without them a value ends where " #" begins a comment.</summary>
    private static string Value(string text)
    {
        if (text.StartsWith('#'))
        {
            return "";
        }

        if (text.Length > 1 && text[0] is '"' or '\'' && text.IndexOf(text[0], 1) is > 0 and var end)
        {
            return text[1..end];
        }

        return text.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment ? text[..comment].TrimEnd() : text;
    }
}
