using System.Globalization;
using System.Text.RegularExpressions;
using Accounts.Core.Failures;

namespace Accounts.Development.Postgres;

/// <summary>The folder with PostgreSQL's own programs, wherever this machine keeps it.</summary>
public sealed partial record PostgresBinaries(string Folder, int Major)
{
    public const int OldestMajor = 15;

    public string InitDb => Path.Combine(Folder, "initdb");

    public string Postgres => Path.Combine(Folder, "postgres");

    /// <summary>Another of its programs: beside these, or where a link to these leads.</summary>
    public string Program(string name)
    {
        var beside = Path.Combine(Folder, name);
        return !File.Exists(beside) && File.ResolveLinkTarget(Postgres, returnFinalTarget: true) is { } target ? Path.Combine(Path.GetDirectoryName(target.FullName)!, name) : beside;
    }

    /// <summary>
    /// The folder of the setting <c>Accounts:Dev:PostgresBin</c> if there is one; else the programs of the major version
    /// that made the existing data, else those on PATH, else the newest in the distribution's folders.
    /// </summary>
    public static async Task<PostgresBinaries> FindAsync(string? folder = null, int? madeBy = null)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new StartupException("A private PostgreSQL needs Linux or macOS: set ConnectionStrings__Accounts to a server of yours.");
        }

        if (!string.IsNullOrWhiteSpace(folder))
        {
            return await InAsync(folder) ?? throw new StartupException(
                $"Accounts:Dev:PostgresBin is {folder}, but initdb and postgres aren't there: set it to PostgreSQL's bin folder, or remove it.");
        }

        var installed = await InstalledAsync();
        return installed.Find(candidate => candidate.Major == madeBy)
            ?? installed.FirstOrDefault()
            ?? throw new StartupException(
                $"There is no PostgreSQL {OldestMajor} or newer on this machine: install it (package postgresql; as root on Debian or Ubuntu ./run does), or set ConnectionStrings__Accounts to a server of yours.");
    }

    private static async Task<List<PostgresBinaries>> InstalledAsync()
    {
        var onPath = await InEachAsync(Command.FoldersOnPath());
        var elsewhere = await InEachAsync(DistributionFolders());
        return [.. onPath.Concat(elsewhere.OrderByDescending(found => found.Major)).Where(found => found.Major >= OldestMajor)];
    }

    private static IEnumerable<string> DistributionFolders() =>
    [
        .. Below("/usr/lib/postgresql", "*"),
        .. Below("/usr", "pgsql-*"),
        .. Below("/usr/libexec", "postgresql*", ""),
        .. Below("/opt/homebrew/opt", "postgresql@*"),
        .. Below("/usr/local/opt", "postgresql@*"),
        .. Below("/usr/local", "pgsql*"),
        "/usr/local/bin",
    ];

    private static IEnumerable<string> Below(string parent, string pattern, string bin = "bin") =>
        Directory.Exists(parent) ? Directory.EnumerateDirectories(parent, pattern).Select(folder => Path.Combine(folder, bin)) : [];

    private static async Task<List<PostgresBinaries>> InEachAsync(IEnumerable<string> folders)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in folders)
        {
            if (await InAsync(folder) is { } binaries)
            {
                found.Add(binaries);
            }
        }

        return found;
    }

    private static async Task<PostgresBinaries?> InAsync(string folder)
    {
        var postgres = Path.Combine(folder, "postgres");
        if (!File.Exists(postgres) || !File.Exists(Path.Combine(folder, "initdb")))
        {
            return null;
        }

        var major = MajorVersion().Match((await Command.RunAsync([postgres, "--version"])).Output);
        return major.Success ? new PostgresBinaries(folder, int.Parse(major.Groups[1].Value, CultureInfo.InvariantCulture)) : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex MajorVersion();
}
