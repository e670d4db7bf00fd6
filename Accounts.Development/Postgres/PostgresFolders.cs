using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Accounts.Development.Postgres;

/// <summary>Where a private PostgreSQL keeps its data and its socket.</summary>
internal sealed record PostgresFolders(string Data, string Socket)
{
    private const long RoomForTests = 1L << 30;

    public static async Task<PostgresFolders> ChooseAsync(PrivatePostgresSettings settings, PostgresUser user)
    {
        var data = settings.Throwaway
            ? Path.Combine(FastestTemporaryFolder(), NewName())
            : await ReachableAsync(Path.GetFullPath(settings.DataFolder), user);
        return new PostgresFolders(data, Path.Combine(SocketParent(user), NewName()));
    }

    private static string FastestTemporaryFolder() =>
        Directory.Exists("/dev/shm") && new DriveInfo("/dev/shm").AvailableFreeSpace >= RoomForTests ? "/dev/shm" : "/tmp";

    private static async Task<string> ReachableAsync(string wanted, PostgresUser user)
    {
        var home = Path.GetDirectoryName(wanted)!;
        if (!await user.CanEnterAsync(NearestExisting(home)))
        {
            home = Path.Combine("/var/lib/accounts", ShortHash(home));
        }

        await MakeEnterableAsync(home, user);
        return Path.Combine(home, Path.GetFileName(wanted));
    }

    private static string NearestExisting(string folder)
    {
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private static string ShortHash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];

    private static async Task MakeEnterableAsync(string folder, PostgresUser user)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        await MakeEnterableAsync(Path.GetDirectoryName(folder)!, user);
        await user.MakeEnterableFolderAsync(folder);
    }

    /// <summary>A socket's path is cut at 107 bytes, so TMPDIR (long on macOS) and a long runtime folder are not for us.</summary>
    private static string SocketParent(PostgresUser user)
    {
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        return !user.StepsDown && runtime is { Length: > 0 and < 60 } && Directory.Exists(runtime) ? runtime : "/tmp";
    }

    public string Log => Path.Combine(Data, "server.log");

    private string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>The major version that made the data; null while there is none.</summary>
    public int? MajorVersion()
    {
        var file = Path.Combine(Data, "PG_VERSION");
        return File.Exists(file) ? int.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture) : null;
    }

    public string[] ReadPidFile()
    {
        try
        {
            return File.ReadAllLines(PidFile);
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>The socket's folder of the server that runs there, as PostgreSQL writes it down; null where none is ready.</summary>
    public string? RunningSocket() => ReadPidFile() is [_, _, _, _, var socket, _, _, var state, ..] && state.Trim() == "ready" ? socket.Trim() : null;

    /// <summary>After a power cut or in a new container the number in a left-over file may be anybody's, and PostgreSQL would wait for it.</summary>
    public void RemovePidFileOfStranger()
    {
        if (ReadPidFile() is [var id, ..] && FolderOf(id.Trim()) is { } folder && folder != Data)
        {
            File.Delete(PidFile);
        }
    }

    private static string? FolderOf(string process)
    {
        try
        {
            return Directory.ResolveLinkTarget($"/proc/{process}/cwd", returnFinalTarget: false)?.FullName;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public string FatalLogLine()
    {
        var lines = File.Exists(Log) ? File.ReadAllLines(Log) : [];
        var fatal = lines.LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "it left no log";
        return fatal[Math.Max(0, fatal.IndexOf("FATAL:", StringComparison.Ordinal))..];
    }

    /// <summary>What the supervisor removes too; it wasn't there if the server never started or was stopped before.</summary>
    public void RemoveTemporary(bool throwaway)
    {
        foreach (var folder in throwaway ? [Socket, Data, Data + ".new"] : new[] { Socket })
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static string NewName() => "accounts-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
}
