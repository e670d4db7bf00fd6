using System.Text.RegularExpressions;
using Accounts.Core.Failures;

namespace Accounts.Development;

/// <summary>
/// The file <c>.env</c> beside Accounts.sln as configuration: KEY=VALUE lines, # comments, optional quotes and "export".
/// It belongs beneath the environment variables, which win.
/// </summary>
public static partial class DotEnv
{
    /// <exception cref="StartupException">a line of it says nothing, or something else to docker compose</exception>
    public static IReadOnlyList<KeyValuePair<string, string?>> Read() =>
        SolutionFolder() is { } folder ? Read(Path.Combine(folder, ".env")) : [];

    /// <inheritdoc cref="Read()"/>
    public static IReadOnlyList<KeyValuePair<string, string?>> Read(string file)
    {
        string[] lines = File.Exists(file) ? File.ReadAllLines(file) : [];
        var mistakes = lines.Select((line, index) => Mistake(line.Trim()) is { } mistake ? $"{file}, line {index + 1}: {mistake}" : null).OfType<string>().ToList();
        return mistakes.Count == 0
            ? [.. lines.Select(Parse).OfType<KeyValuePair<string, string?>>()]
            : throw new StartupException(string.Join('\n', mistakes));
    }

    /// <summary>Without what the line says, which may be a secret.</summary>
    private static string? Mistake(string line)
    {
        if (line.Length == 0 || line[0] == '#')
        {
            return null;
        }
        if (Assignment().Match(line) is not { Success: true } start)
        {
            return "this is no setting. Write NAME=value, or # before a comment.";
        }
        var value = line[start.Length..].Trim();
        return value.StartsWith('\'') || !Value(value).Contains('$', StringComparison.Ordinal)
            ? null
            : $"docker compose would put another variable in place of the $ in {start.Groups["name"].Value}. Put the value in single quotes, which both read to the letter.";
    }

    [GeneratedRegex(@"^(export\s+)?(?<name>[A-Za-z_][A-Za-z0-9_.:-]*)\s*=")]
    private static partial Regex Assignment();

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
