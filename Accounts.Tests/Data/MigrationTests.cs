using System.Diagnostics;
using Accounts.Core.Data;
using Accounts.Core.Data.Upgrade;
using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Accounts.Tests.Data;

[Trait("Pace", "long")]
public sealed class MigrationTests(Postgres postgres)
{
    /// <summary>One that changes a table that every request reads, and can be undone.</summary>
    private const string AltersUsers = "20261128033815_SharedSweep";

    private static readonly (string, string) Issuer = ("Accounts:Tokens:Issuer", "https://accounts.example.test");

    /// <summary>Every schema that there ever was, from none at all to the last but one.</summary>
    public static TheoryData<string> OldSchemas()
    {
        using var db = DatabaseUpgrade.Open("Host=nowhere");
        return [Migration.InitialDatabase, .. db.Database.GetMigrations().SkipLast(1)];
    }

    [Fact]
    public void DU_06_The_migrations_make_the_model_that_the_code_has()
    {
        using var db = DatabaseUpgrade.Open("Host=nowhere");
        Assert.NotEmpty(db.Database.GetMigrations());
        Assert.False(db.Database.HasPendingModelChanges(), "The model has changed: dotnet ef migrations add <Name> -p Accounts.Core -s Accounts.Api -o Data/Migrations");
    }

    [Theory, MemberData(nameof(OldSchemas)), Trait("Pace", "long")]
    public async Task DU_06_Two_nodes_started_together_on_an_old_schema_migrate_it_once(string schema)
    {
        var database = await AtAsync(schema);
        await using var a = ServerProcess.Launch(database, Issuer);
        await using var b = ServerProcess.Launch(database, Issuer);
        await Task.WhenAll(a.WaitUntilReadyAsync(), b.WaitUntilReadyAsync());
        await IsWholeAsync(a);
        await IsWholeAsync(b);
    }

    [Fact]
    public async Task DU_06_A_node_killed_in_the_middle_of_a_migration_leaves_nothing_behind_and_a_restart_succeeds()
    {
        var schema = OldSchemas().Last().Data;
        var database = await AtAsync(schema);
        await KillInTheMiddleAsync(database);
        Assert.Equal(schema, await SchemaOfAsync(database));
        await using var restarted = await ServerProcess.StartAsync(database);
        await IsWholeAsync(restarted);
    }

    /// <summary>It is built outside of any transaction; what a start that was killed has left of it would never be used.</summary>
    [Fact]
    public async Task DU_06_An_index_that_was_left_half_built_is_built_anew()
    {
        using var migrations = DatabaseUpgrade.Open("Host=nowhere");
        var schema = migrations.Database.GetMigrations().TakeWhile(migration => !migration.EndsWith("_EventsOfUser", StringComparison.Ordinal)).Last();
        var database = new TestDatabase(await AtAsync(schema));
        await database.ExecuteAsync("CREATE INDEX ix_security_events_user_id_at ON security_events (at)");
        await using var server = await TestServer.StartOnAsync(database.ConnectionString);
        Assert.Equal(1, await database.CountAsync("pg_index", "indrelid = 'security_events'::regclass AND indisvalid AND pg_get_indexdef(indexrelid) LIKE '%(user_id, at)'"));
    }

    /// <summary>As a dump does, or whoever has left a transaction open.</summary>
    [Fact]
    public async Task DU_06_A_migration_that_waits_for_a_reader_stops_no_node_and_says_whom_it_waits_for()
    {
        await using var old = await TestServer.StartAsync(postgres);
        using var client = old.Client();
        await client.SignInSomebodyAsync();
        await DowngradeAsync(old.Database.ConnectionString);
        // By which the old node, which is none, tells who lives, and what it shows.
        await old.Database.ExecuteAsync("ALTER TABLE users ADD COLUMN frozen_until timestamptz, ADD COLUMN suspended_until timestamptz, ADD COLUMN extra jsonb");
        await using var reader = await HeldTransaction.BeginAsync(old.Database);
        await reader.ExecuteAsync("SELECT count(*) FROM users");
        await using var next = ServerProcess.Launch(old.Database.ConnectionString);
        var statuses = new List<int>();
        await Until.TrueAsync(async () =>
        {
            statuses.Add((await client.MeAsync()).Status);
            return next.Output.Contains($"{AltersUsers} waits for process ", StringComparison.Ordinal);
        }, "the log says whom it waits for");
        for (var watched = Stopwatch.StartNew(); watched.Elapsed < TimeSpan.FromSeconds(4);)
        {
            statuses.Add((await client.MeAsync()).Status);
        }
        Assert.Equal([200], statuses.Distinct());
        await reader.CommitAsync();
        await next.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task DU_06_A_migration_that_fails_is_named_with_its_cause_and_the_start_ends()
    {
        var database = new TestDatabase(await postgres.CreateDatabaseAsync());
        await DowngradeAsync(database.ConnectionString);
        await database.ExecuteAsync("CREATE TABLE sweeps ()");
        await using var stopped = await ServerProcess.RunAsync([], database.ConnectionString);
        Assert.Equal(1, stopped.ExitCode);
        var line = Assert.Single(stopped.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"Accounts cannot start: The migration {AltersUsers} failed on PostgreSQL at ", line, StringComparison.Ordinal);
        Assert.EndsWith("relation \"sweeps\" already exists", line, StringComparison.Ordinal);
        Assert.Equal(0, await database.CountAsync("information_schema.columns", "table_name = 'users' AND column_name = 'signed_up_here'"));
    }

    [Fact]
    public async Task DU_06_While_a_migration_is_under_way_the_nodes_that_serve_can_read_the_history()
    {
        var database = new TestDatabase(await postgres.CreateDatabaseAsync());
        await DowngradeAsync(database.ConnectionString);
        await using var reader = await HeldTransaction.BeginAsync(database);
        await reader.ExecuteAsync("SELECT count(*) FROM users");
        await using var next = ServerProcess.Launch(database.ConnectionString);
        await Until.TrueAsync(async () => await database.BlockedAsync() > 0, "the migration waits");
        Assert.Equal(0, await database.CountAsync("pg_locks", """relation = '"__EFMigrationsHistory"'::regclass AND mode = 'AccessExclusiveLock'"""));
    }

    private static async Task DowngradeAsync(string database)
    {
        await using var db = DatabaseUpgrade.Open($"{database};Pooling=false");
        var migrations = db.Database.GetMigrations().ToList();
        await db.GetService<IMigrator>().MigrateAsync(migrations[migrations.IndexOf(AltersUsers) - 1]);
    }

    [Fact]
    public async Task DU_06_An_upgrade_of_an_upgraded_database_changes_nothing()
    {
        var database = new TestDatabase(await postgres.CreateDatabaseAsync());
        await using (var server = await TestServer.StartOnAsync(database.ConnectionString))
        {
            using var client = server.Client();
            await client.SignInSomebodyAsync();
        }
        var before = await database.DumpAsync();
        await DatabaseUpgrade.ApplyAsync(database.ConnectionString, null, NullLogger.Instance, CancellationToken.None);
        Assert.Equal(before, await database.DumpAsync());
    }

    [Fact]
    public async Task A_start_where_nothing_is_to_change_waits_for_no_other_node_that_changes_something()
    {
        var database = await postgres.CreateDatabaseAsync();
        await (await TestServer.StartOnAsync(database)).DisposeAsync();
        await using var other = await HeldTransaction.BeginAsync(new TestDatabase(database));
        await other.ExecuteAsync($"SELECT pg_advisory_xact_lock({(long)AdvisoryLock.Migrations}), pg_advisory_xact_lock({(long)AdvisoryLock.SigningKeys})");
        await using var restarted = await ServerProcess.StartAsync(database);
        await IsWholeAsync(restarted);
    }

    [Fact]
    public async Task A_node_is_not_ready_while_its_database_lacks_a_migration()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        await server.WaitUntilReadyAsync();
        await server.Database.ExecuteAsync("""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = (SELECT min("MigrationId") FROM "__EFMigrationsHistory")""");
        Assert.Equal(503, (await client.GetAsync("/readyz")).Status);
        await server.Database.ExecuteAsync("""DROP TABLE "__EFMigrationsHistory" """);
        Assert.Equal(503, (await client.GetAsync("/readyz")).Status);
    }

    [Theory]
    [InlineData("Development", ""), InlineData("Production", ""), InlineData("Development", "keys list"), InlineData("Production", "keys rotate")]
    public async Task What_a_version_before_the_first_release_made_stops_the_start_and_every_command_by_one_sentence(string environment, string words)
    {
        var database = await UnreleasedAsync();
        await using var stopped = await ServerProcess.RunAsync(
            words.Split(' ', StringSplitOptions.RemoveEmptyEntries), database.ConnectionString, ("environment", environment));
        Assert.Equal(1, stopped.ExitCode);
        var line = Assert.Single(stopped.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("Accounts cannot start: PostgreSQL at ", line, StringComparison.Ordinal);
        Assert.EndsWith(" holds what a version before the first release made, which no version upgrades: use an empty database.", line, StringComparison.Ordinal);
        Assert.Equal(1, await database.CountAsync("pg_tables", "schemaname = 'public'"));
    }

    [Fact]
    public async Task Of_a_private_database_the_sentence_names_the_folder_to_delete()
    {
        var database = await UnreleasedAsync();
        var stopped = await Assert.ThrowsAsync<StartupException>(() => DatabaseUpgrade.ApplyAsync(database.ConnectionString, "/some/where/.data", NullLogger.Instance, CancellationToken.None));
        Assert.EndsWith(" which no version upgrades: delete /some/where/.data.", stopped.Message, StringComparison.Ordinal);
    }

    /// <summary>The history that such a version left.</summary>
    private async Task<TestDatabase> UnreleasedAsync()
    {
        var database = new TestDatabase(await postgres.CreateEmptyDatabaseAsync());
        await database.ExecuteAsync("""
            CREATE TABLE "__EFMigrationsHistory" ("MigrationId" varchar(150) PRIMARY KEY, "ProductVersion" varchar(32) NOT NULL);
            INSERT INTO "__EFMigrationsHistory" VALUES ('20261120172223_Initial', '10.0.15'), ('20261120173556_Throttling', '10.0.15'),
                ('20261120174933_EventCounts', '10.0.15'), ('20261120181701_SocialSignIn', '10.0.15')
            """);
        return database;
    }

    private async Task<string> AtAsync(string schema)
    {
        var database = await postgres.CreateEmptyDatabaseAsync();
        await using var db = DatabaseUpgrade.Open($"{database};Pooling=false");
        if (schema != Migration.InitialDatabase)
        {
            await db.GetService<IMigrator>().MigrateAsync(schema);
        }
        return database;
    }

    /// <summary>In the middle: the schema is changed, and the statement that notes it in the history waits for a lock that we hold.</summary>
    private static async Task KillInTheMiddleAsync(string database)
    {
        await using var db = DatabaseUpgrade.Open($"{database};Pooling=false");
        await db.GetService<IHistoryRepository>().CreateIfNotExistsAsync();
        await db.Database.ExecuteSqlAsync($"""
            CREATE FUNCTION halt() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NEW; END';
            CREATE TRIGGER halt BEFORE INSERT ON "__EFMigrationsHistory" FOR EACH ROW EXECUTE FUNCTION halt()
            """);
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock(1)");
        await using (var process = ServerProcess.Launch(database))
        {
            await new TestDatabase(database).UntilConnectionsAsync(1, """wait_event = 'advisory' AND query LIKE 'INSERT INTO "\_\_EFMigrationsHistory"%'""");
            await process.KillAsync();
        }
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock(1)");
        await new TestDatabase(database).UntilConnectionsAsync(1, "true");
        await db.Database.ExecuteSqlAsync($"""DROP TRIGGER halt ON "__EFMigrationsHistory"; DROP FUNCTION halt""");
    }

    private static async Task<string> SchemaOfAsync(string database)
    {
        await using var db = DatabaseUpgrade.Open($"{database};Pooling=false");
        return (await db.Database.GetAppliedMigrationsAsync()).LastOrDefault(Migration.InitialDatabase);
    }

    private static async Task IsWholeAsync(ServerProcess server)
    {
        await using var db = DatabaseUpgrade.Open(server.Database.ConnectionString);
        Assert.Equal(db.Database.GetMigrations(), await db.Database.GetAppliedMigrationsAsync());
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        Assert.Equal(200, (await client.MeAsync()).Status);
        Assert.Equal(200, (await client.RefreshAsync()).Status);
    }
}
