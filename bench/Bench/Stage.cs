using System.Diagnostics;
using Accounts.Development;
using Accounts.Development.Postgres;
using Npgsql;

namespace Bench;

/// <summary>What is measured and what it is measured against, each a process of its own on one PostgreSQL.</summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>As small as a start-up's, and as large as one that has made it.</summary>
    public const string Small = "bench_small", Large = "bench_large";

    /// <summary>The server as it is, and as it was at another commit: folders they are published to.</summary>
    public const string Now = "server", Before = "before-server";

    private const string CeilingData = "bench_ceiling", PeerData = "bench_peer";
    private const int SmallUsers = 1_000, LargeUsers = 1_000_000, SessionsPerUser = 3;

    private readonly PrivatePostgres postgres;
    private Child ceiling = null!;
    private Child peer = null!;

    private Stage(string root, int seconds, PrivatePostgres postgres) => (Root, Seconds, this.postgres) = (root, seconds, postgres);

    public string Root { get; }

    public int Seconds { get; }

    public Uri Ceiling => ceiling.Address;

    public Uri Peer => peer.Address;

    public PgBench PgBench => new(postgres.ConnectionStringFor(CeilingData), Seconds);

    private string Work => Path.Combine(Root, "bench", "out");

    /// <param name="seconds">of a measurement</param>
    /// <param name="withLarge">whether the large database is filled</param>
    /// <param name="cache">PostgreSQL's <c>shared_buffers</c>; null for its default</param>
    public static async Task<Stage> SetAsync(int seconds, bool withLarge, string? cache)
    {
        var root = DotEnv.SolutionFolder() ?? throw new InvalidOperationException("Start it by bench/run.");
        var data = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "bench", "out")).FullName, "postgres");
        var stage = new Stage(root, seconds, await PrivatePostgres.StartAsync(new PrivatePostgresSettings { DataFolder = data, MaxConnections = 200, SharedBuffers = cache }));
        try
        {
            await stage.PrepareAsync(withLarge);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    private async Task PrepareAsync(bool withLarge)
    {
        await FillAsync(Small, SmallUsers);
        if (withLarge)
        {
            await FillAsync(Large, LargeUsers);
        }
        var ceilingData = await CreateAsync(CeilingData);
        await ceilingData.ExecuteAsync("CREATE TABLE kv (id int PRIMARY KEY, n bigint NOT NULL DEFAULT 0, value text NOT NULL) WITH (fillfactor = 80)");
        await ceilingData.ExecuteAsync("INSERT INTO kv (id, value) SELECT n, repeat('x', 200) FROM generate_series(1, 1000) n");
        await ceilingData.ExecuteAsync("VACUUM ANALYZE kv");
        ceiling = await Child.StartAsync(Built("Ceiling"), "/select/1", [postgres.ConnectionStringFor(CeilingData)]);
        await CreateAsync(PeerData);
        peer = await Child.StartAsync(Built("Peer"), "/ready", [postgres.ConnectionStringFor(PeerData), Tokens("peer")]);
    }

    private async Task FillAsync(string name, int users)
    {
        Console.WriteLine($"Filling {name}: {users} users, {users * SessionsPerUser} sessions");
        var database = await CreateAsync(name);
        await Seed.FillAsync(database, users, SessionsPerUser, ServerSettings.Arguments(SettingsFor(name)), Tokens(name));
    }

    private async Task<Database> CreateAsync(string name)
    {
        var admin = Data("postgres");
        await admin.ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await admin.ExecuteAsync($"CREATE DATABASE {name}");
        return Data(name);
    }

    public async Task<Database> CopyAsync(string of, string name)
    {
        var admin = Data("postgres");
        await admin.ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        await admin.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {of} STRATEGY FILE_COPY");
        return Data(name);
    }

    public Database Data(string name) => new(postgres.ConnectionStringFor(name));

    public Database CeilingTable => Data(CeilingData);

    /// <summary>Files of tokens, a line each: this and a suffix.</summary>
    public string Tokens(string name) => Path.Combine(Work, name);

    public string[] Arguments(string name) => ServerSettings.Arguments(SettingsFor(name));

    /// <summary>The server on one of the databases, as it is published.</summary>
    public Task<Child> ServerAsync(string data, params (string Key, string Value)[] settings) => ServerAsync(Now, data, settings);

    public Task<Child> ServerAsync(string folder, string data, (string Key, string Value)[] settings) =>
        Child.StartAsync(Program(folder), "/readyz", [], [.. SettingsFor(data), .. settings]);

    /// <returns>the milliseconds from its spawn to its first answer that needed the database</returns>
    public async Task<double> ColdStartAsync(string folder)
    {
        var me = ("/api/auth/me/", File.ReadLines(Tokens(Small) + ".access").First());
        var clock = Stopwatch.StartNew();
        await using var server = await Child.StartAsync(Program(folder), me, [], SettingsFor(Small));
        return clock.Elapsed.TotalMilliseconds;
    }

    public string Program(string folder) => Path.Combine(Work, folder, "Accounts.Api.dll");

    /// <summary>One of its commands, as it is published.</summary>
    public ProcessStartInfo Command(string data, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Program(Now), .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in SettingsFor(data))
        {
            start.Environment[key] = value;
        }
        return start;
    }

    private (string Key, string Value)[] SettingsFor(string data) => ServerSettings.For(postgres.ConnectionStringFor(data));

    private string Built(string project) => Path.Combine(Root, "bench", project, "bin", "Release", "net10.0", $"{project}.dll");

    public async ValueTask DisposeAsync()
    {
        foreach (var child in new[] { ceiling, peer })
        {
            if (child is not null)
            {
                await child.DisposeAsync();
            }
        }
        await postgres.DisposeAsync();
    }
}
