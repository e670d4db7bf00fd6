using Accounts.Api.Development;
using Bench;
using Npgsql;

// Usage: bench/run [SECONDS a measurement] [ROUNDS]. Everything on loopback, on an ordinary disk, with PostgreSQL's default durability.
var seconds = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 5;
var rounds = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 3;
var root = DotEnv.SolutionFolder() ?? throw new InvalidOperationException("Start it by bench/run.");
var work = Directory.CreateDirectory(Path.Combine(root, "bench", "out")).FullName;
var data = Path.Combine(work, "postgres");

await using var postgres = await PrivatePostgres.StartAsync(new PrivatePostgresSettings { DataFolder = data, MaxConnections = 200 });
await using var admin = NpgsqlDataSource.Create(postgres.ConnectionStringFor("postgres"));
foreach (var name in new[] { "bench_accounts", "bench_ceiling", "bench_peer" })
{
    await Seed.ExecuteAsync(admin, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    await Seed.ExecuteAsync(admin, $"CREATE DATABASE {name}");
}
var settings = ServerSettings.For(postgres.ConnectionStringFor("bench_accounts"));
await Seed.FillAsync(postgres.ConnectionStringFor("bench_accounts"), users: 1000, sessionsPerUser: 3, ServerSettings.Arguments(settings), work);
await using (var ceilingDb = NpgsqlDataSource.Create(postgres.ConnectionStringFor("bench_ceiling")))
{
    await Seed.ExecuteAsync(ceilingDb, "CREATE TABLE kv (id int PRIMARY KEY, n bigint NOT NULL DEFAULT 0, value text NOT NULL) WITH (fillfactor = 80)");
    await Seed.ExecuteAsync(ceilingDb, "INSERT INTO kv (id, value) SELECT n, repeat('x', 200) FROM generate_series(1, 1000) n");
    await Seed.ExecuteAsync(ceilingDb, "VACUUM ANALYZE kv");
}

var measurement = new Measurement(root, work, seconds, rounds, settings, postgres);
await measurement.RunAsync();
