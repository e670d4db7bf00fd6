using System.Diagnostics;
using System.Globalization;
using Accounts.Core.Failures;
using Npgsql;

namespace Accounts.Development.Postgres;

/// <summary>
/// A PostgreSQL of our own, made from the installed binaries, that only its owner can reach and that ends with its
/// owner, even with one that is killed. Dispose it last: it waits for nobody who is still connected.
/// </summary>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private const int UsualPort = 5432;
    private static readonly TimeSpan PredecessorsLastMoments = TimeSpan.FromSeconds(10);
    private static readonly string[] Undurable = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];

    private readonly PrivatePostgresSettings settings;
    private readonly PostgresUser user;
    private PostgresFolders folders;
    private PostgresBinaries binaries = null!;
    private bool joined;
    private DataFolderLock? held;
    private PostgresServer? server;

    private PrivatePostgres(PrivatePostgresSettings settings, PostgresUser user, PostgresFolders folders) =>
        (this.settings, this.user, this.folders) = (settings, user, folders);

    /// <summary>Where the data is: below /var/lib/accounts when PostgreSQL's user can't reach the folder that was asked for.</summary>
    public string DataFolder => folders.Data;

    /// <summary>To the database "accounts", which exists.</summary>
    public string ConnectionString => ConnectionStringFor("accounts");

    /// <summary>PostgreSQL's main process; zero while it is stopped.</summary>
    public int ProcessId => server?.ProcessId ?? 0;

    private int Port => settings.LoopbackPort ?? UsualPort;

    public string ConnectionStringFor(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = folders.Socket,
        Port = Port,
        Username = "postgres",
        Database = database,
        SslMode = SslMode.Disable,
    }.ConnectionString;

    /// <exception cref="StartupException">It can't start, and the message says what to do.</exception>
    public static async Task<PrivatePostgres> StartAsync(PrivatePostgresSettings settings, CancellationToken cancel = default)
    {
        await PostgresBinaries.FindAsync(settings.BinFolder);
        var user = PostgresUser.Choose();
        var postgres = new PrivatePostgres(settings, user, await PostgresFolders.ChooseAsync(settings, user));
        try
        {
            await postgres.StartAsync(cancel);
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    private async Task StartAsync(CancellationToken cancel)
    {
        if (settings.Joins && Directory.Exists(DataFolder) && DataFolderLock.IsTaken(DataFolder) && folders.RunningSocket() is { } socket)
        {
            (folders, joined) = (folders with { Socket = socket }, true);
            return;
        }
        if (!settings.Throwaway)
        {
            held = await DataFolderLock.TakeAsync(DataFolder, cancel);
        }

        await user.MakePrivateFolderAsync(folders.Socket);
        await PrepareDataAsync(cancel);
        await StartAgainAsync(cancel);
        await CreateDatabaseAsync(cancel);
    }

    private async Task PrepareDataAsync(CancellationToken cancel)
    {
        var madeBy = folders.MajorVersion();
        binaries = await PostgresBinaries.FindAsync(settings.BinFolder, madeBy);
        if (madeBy is null)
        {
            await InitializeAsync(cancel);
        }
        else if (madeBy != binaries.Major)
        {
            throw new StartupException(
                $"The data in {DataFolder} was made by PostgreSQL {madeBy} and {binaries.Folder} has {binaries.Major}: install PostgreSQL {madeBy}, set Accounts__Dev__PostgresBin to its bin folder, or remove {DataFolder} to start anew.");
        }
    }

    /// <summary>Made beside its place and moved there when complete, so an interrupted start leaves nothing half-made.</summary>
    private async Task InitializeAsync(CancellationToken cancel)
    {
        var unfinished = DataFolder + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        await user.MakePrivateFolderAsync(unfinished);

        var locale = OperatingSystem.IsMacOS() ? "en_US.UTF-8" : "C.UTF-8";
        var made = await Command.RunAsync(user.Words(
            [binaries.InitDb, "-D", unfinished, "-U", "postgres", "-A", "trust", "-E", "UTF8", $"--locale={locale}",
                .. settings.Throwaway ? ["--no-sync"] : Array.Empty<string>()]), cancel);
        if (!made.Succeeded)
        {
            throw new StartupException($"initdb can't make {DataFolder}: {made.Errors.ReplaceLineEndings(" ")}");
        }

        Directory.Move(unfinished, DataFolder);
    }

    /// <summary>Starts it after <see cref="StopAsync"/> or <see cref="KillAsync"/>: the same data, the same connection strings.</summary>
    public async Task StartAgainAsync(CancellationToken cancel = default)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(100, cancel))
        {
            server = await PostgresServer.LaunchAsync(folders, user, settings.Throwaway, ServerWords());
            if (await server.BecomesReadyAsync(cancel))
            {
                return;
            }

            await StopAsync();
            var reason = folders.FatalLogLine();
            if (!IsPredecessorStillDying(reason) || waited.Elapsed > PredecessorsLastMoments)
            {
                throw new StartupException($"PostgreSQL doesn't start in {DataFolder}: {reason} (see {folders.Log})");
            }

            folders.RemovePidFileOfStranger();
        }
    }

    private IEnumerable<string> ServerWords() =>
    [
        binaries.Postgres, "-D", DataFolder, "-k", folders.Socket, "-p", Port.ToString(CultureInfo.InvariantCulture),
        "-c", $"listen_addresses={(settings.LoopbackPort is null ? "" : "127.0.0.1")}", "-c", "unix_socket_permissions=0700", "-c", $"max_connections={settings.MaxConnections}",
        .. settings.SharedBuffers is { } cache ? ["-c", $"shared_buffers={cache}"] : Array.Empty<string>(),
        .. settings.Throwaway ? Undurable : [],
    ];

    private static bool IsPredecessorStillDying(string reason) =>
        reason.Contains("postmaster.pid", StringComparison.Ordinal) || reason.Contains("shared memory block", StringComparison.Ordinal);

    private async Task CreateDatabaseAsync(CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionStringFor("postgres") + ";Pooling=false");
        await using var exists = source.CreateCommand("SELECT 1 FROM pg_database WHERE datname = 'accounts'");
        if (await exists.ExecuteScalarAsync(cancel) is not null)
        {
            return;
        }

        await using var create = source.CreateCommand("CREATE DATABASE accounts");
        await create.ExecuteNonQueryAsync(cancel);
    }

    public async Task RestartAsync(CancellationToken cancel = default)
    {
        await StopAsync();
        await StartAgainAsync(cancel);
    }

    /// <summary>As a machine that loses PostgreSQL's main process: no checkpoint, no goodbye; the next start recovers.</summary>
    public Task KillAsync()
    {
        server?.Kill();
        return StopAsync();
    }

    /// <summary>A fast shutdown: open transactions are rolled back, connections closed.</summary>
    public Task StopAsync() => EndAsync(keep: true);

    private async Task EndAsync(bool keep)
    {
        if (server is null)
        {
            return;
        }

        await server.EndAsync(keep);
        server.Dispose();
        server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (joined)
        {
            return;
        }
        await EndAsync(keep: false);
        folders.RemoveTemporary(settings.Throwaway);
        held?.Dispose();
        held = null;
    }
}
