using System.Diagnostics;
using System.Globalization;
using Accounts.Core.Failures;

namespace Accounts.Development.Postgres;

/// <summary>One life of a PostgreSQL server, and the small shell that ends it when we are gone.</summary>
internal sealed class PostgresServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Holds the reading end of a pipe that we hold the other end of. When that closes, because we asked or because we
    /// died, it stops PostgreSQL, and unless there is a mark "keep", removes the socket's folder and throwaway data.
    /// Its standard output closes when all of that is done.
    /// </summary>
    private const string Supervisor = """
        trap '' INT TERM HUP
        exec 2>/dev/null 3<&0
        run=$1 log=$2 throwaway=$3
        shift 3
        rm -f "$run/gone" "$run/keep"
        "$@" </dev/null >"$log" 2>&1 3<&- &
        server=$!
        (
            while read -r line <&3; do :; done
            tries=0
            until [ -e "$run/gone" ] || [ $tries -eq 400 ]; do
                # More than once: a server that has only just been born doesn't listen yet.
                kill -INT $server
                sleep 0.05
                tries=$((tries + 1))
            done
            [ -e "$run/gone" ] || kill -QUIT $server
            [ -e "$run/keep" ] || rm -rf -- "$run" $throwaway
        ) &
        exec 3<&-
        echo $server
        wait $server
        status=$?
        : >"$run/gone"
        exit $status
        """;

    private readonly Process supervisor;
    private readonly PostgresFolders folders;

    private PostgresServer(Process supervisor, PostgresFolders folders, int id) =>
        (this.supervisor, this.folders, ProcessId) = (supervisor, folders, id);

    public int ProcessId { get; }

    public static async Task<PostgresServer> LaunchAsync(
        PostgresFolders folders, PostgresUser user, bool throwaway, IEnumerable<string> server)
    {
        string[] shell = ["/bin/sh", "-c", Supervisor, "postgres-supervisor", folders.Socket, folders.Log, throwaway ? folders.Data : ""];
        var supervisor = Process.Start(Command.Quiet([.. OwnSession(), .. user.Words([.. shell, .. server])]))!;
        var id = await supervisor.StandardOutput.ReadLineAsync();
        return id is null
            ? throw new StartupException($"PostgreSQL can't be started: {await supervisor.StandardError.ReadToEndAsync()}".Trim())
            : new PostgresServer(supervisor, folders, int.Parse(id, CultureInfo.InvariantCulture));
    }

    /// <summary>Ctrl+C reaches every process of the terminal's session, and the database has to outlive the requests.</summary>
    private static string[] OwnSession() =>
        Command.IsOnPath("setsid") ? ["setsid"] : ["perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV"];

    /// <returns>False when the server ended instead.</returns>
    public async Task<bool> BecomesReadyAsync(CancellationToken cancel)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(10, cancel))
        {
            if (IsReady())
            {
                return true;
            }

            if (supervisor.HasExited)
            {
                return false;
            }
        }

        throw new StartupException($"PostgreSQL isn't ready after {Patience.TotalSeconds:0} s: see {folders.Log}.");
    }

    /// <summary>The file may be an older server's: only the line with our number counts.</summary>
    private bool IsReady() =>
        folders.ReadPidFile() is { Length: >= 8 } lines
        && lines[0] == ProcessId.ToString(CultureInfo.InvariantCulture)
        && lines[7].Trim() == "ready";

    public void Kill()
    {
        using var postgres = Process.GetProcessById(ProcessId);
        postgres.Kill();
    }

    /// <summary>Ends it (a fast shutdown, if it still runs) and comes back when the supervisor has tidied up.</summary>
    public async Task EndAsync(bool keep)
    {
        if (keep)
        {
            await File.WriteAllTextAsync(Path.Combine(folders.Socket, "keep"), "");
        }

        supervisor.StandardInput.Close();
        await supervisor.StandardOutput.ReadToEndAsync();
        await supervisor.WaitForExitAsync();
    }

    public void Dispose() => supervisor.Dispose();
}
