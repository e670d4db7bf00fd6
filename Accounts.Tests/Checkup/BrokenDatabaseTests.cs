using Accounts.Core.Checkup;
using Accounts.Tests.Commands;
using Accounts.Tests.Support;
using Npgsql;
using Xunit;

namespace Accounts.Tests.Checkup;

/// <summary>What is wrong with the database, each fault made in a real one, with the sentence that it gets.</summary>
[Trait("Pace", "long")]
public sealed class BrokenDatabaseTests(Postgres postgres)
{
    [Fact]
    public async Task CF_01_A_database_that_is_away_is_told_with_where_it_was_looked_for() =>
        (await Doctor.AskAsync("Host=127.0.0.1;Port=1;Database=accounts;Username=accounts;Password=m-3ar"))
        .Finds("database", FindingLevel.Problem, "PostgreSQL at 127.0.0.1:1/accounts cannot be used: Failed to connect to 127.0.0.1:1: Connection refused. Check ConnectionStrings__Accounts");

    [Fact]
    public async Task CF_01_A_password_that_PostgreSQL_refuses_is_told()
    {
        var connection = new NpgsqlConnectionStringBuilder(await postgres.CreateEmptyDatabaseAsync()) { Username = "nobody_knows_me", Password = "m-3ar" };
        var findings = await Doctor.AskAsync(connection.ConnectionString);
        findings.Finds("database", FindingLevel.Problem, "28000: role \"nobody_knows_me\" does not exist. Check ConnectionStrings__Accounts");
        findings.Finds("outbox", FindingLevel.Warning, "It was not looked at, for the database has to be asked");
    }

    [Fact]
    public async Task CF_01_A_database_that_is_not_there_yet_is_no_problem()
    {
        var findings = await Doctor.AskAsync(postgres.MissingDatabase());
        findings.Finds("database", FindingLevel.Warning, "yet: the first start makes it");
        FirstStartMayFollow(findings);
    }

    [Fact]
    public async Task CF_01_A_database_that_is_not_there_and_that_its_user_may_not_make_is_told()
    {
        var missing = new NpgsqlConnectionStringBuilder(postgres.MissingDatabase());
        var role = $"poor_{Guid.NewGuid():N}";
        await new TestDatabase(await postgres.CreateEmptyDatabaseAsync()).ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'm-3ar'");
        (missing.Username, missing.Password) = (role, "m-3ar");
        (await Doctor.AskAsync(missing.ConnectionString)).Finds("database", FindingLevel.Problem, $"and its user {role} may not make it: CREATE DATABASE {missing.Database} OWNER {role}");
    }

    [Fact]
    public async Task CF_01_Migrations_that_are_lacking_are_told_and_not_applied()
    {
        var connection = await postgres.CreateEmptyDatabaseAsync();
        var findings = await Doctor.AskAsync(connection);
        findings.Finds("database", FindingLevel.Warning, "lacks migrations of this version");
        FirstStartMayFollow(findings);
        Assert.Equal(0, await new TestDatabase(connection).CountAsync("pg_tables", "schemaname = 'public'"));
    }

    /// <summary>What the first start makes is missing from no set-up: but for the mail server, which these tests have none of, nothing is wrong.</summary>
    private static void FirstStartMayFollow(IReadOnlyList<Finding> findings)
    {
        findings.Finds("keys", FindingLevel.Warning, "It was not looked at, for the database has to be asked");
        Assert.Equal(["mail"], findings.Where(finding => finding.Level == FindingLevel.Problem).Select(finding => finding.Check));
    }

    [Fact]
    public async Task CF_01_A_table_that_is_gone_from_a_schema_that_should_have_it_is_told()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await new TestDatabase(connection).ExecuteAsync("DROP TABLE outbox_messages CASCADE");
        (await Doctor.AskAsync(connection)).Finds("outbox", FindingLevel.Problem, "It could not be tried: 42P01: relation \"outbox_messages\" does not exist.");
    }

    /// <summary>For all that asks it, the database's clock is off: its functions come after ours.</summary>
    [Theory]
    [InlineData("+ interval '90 seconds'", "behind"), InlineData("- interval '90 seconds'", "ahead of")]
    public async Task CF_01_A_clock_that_is_off_is_told(string by, string words)
    {
        var connection = await postgres.CreateDatabaseAsync();
        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        await new TestDatabase(connection).ExecuteAsync($"CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT pg_catalog.clock_timestamp() {by} $$; ALTER DATABASE {name} SET search_path = public, pg_catalog");
        NpgsqlConnection.ClearAllPools();
        var findings = await Doctor.AskAsync(connection);
        findings.Finds("clock", FindingLevel.Problem, $"This machine's clock is 90 s {words} the database's: tokens expire at the wrong time");
    }

    [Fact]
    public async Task CF_01_A_database_that_lets_nobody_write_is_told()
    {
        var connection = await postgres.CreateDatabaseAsync();
        var name = new NpgsqlConnectionStringBuilder(connection).Database;
        await new TestDatabase(connection).ExecuteAsync($"ALTER DATABASE {name} SET default_transaction_read_only = on");
        NpgsqlConnection.ClearAllPools();
        (await Doctor.AskAsync(connection)).Finds("database", FindingLevel.Problem, "lets nobody write (default_transaction_read_only)");
    }

    [Fact]
    public async Task CF_01_A_database_user_without_rights_is_told_which_are_missing()
    {
        var connection = await postgres.CreateDatabaseAsync();
        var (database, role) = (new TestDatabase(connection), $"poor_{Guid.NewGuid():N}");
        await database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'm-3ar'; GRANT USAGE ON SCHEMA public TO {role}; GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}; REVOKE DELETE ON sessions FROM {role}; CREATE TABLE of_another_program (number int)");
        var findings = await Doctor.AskAsync(new NpgsqlConnectionStringBuilder(connection) { Username = role, Password = "m-3ar" }.ConnectionString);
        findings.Finds("database", FindingLevel.Problem, $"The database user {role} may not make tables");
        findings.Finds("database", FindingLevel.Problem, $"The database user {role} may not read and write sessions:");
    }

    [Fact]
    public async Task CF_01_An_encoding_that_cannot_hold_every_name_is_told()
    {
        var connection = new NpgsqlConnectionStringBuilder(await postgres.CreateEmptyDatabaseAsync());
        var name = $"latin_{Guid.NewGuid():N}";
        await new TestDatabase(connection.ConnectionString).ExecuteAsync($"CREATE DATABASE {name} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        connection.Database = name;
        (await Doctor.AskAsync(connection.ConnectionString)).Finds("database", FindingLevel.Problem, "is encoded in LATIN1");
    }

    [Fact]
    public async Task CF_01_More_connections_than_PostgreSQL_gives_are_told() =>
        (await Doctor.AskAsync($"{await postgres.CreateDatabaseAsync()};Maximum Pool Size=5000"))
        .Finds("database", FindingLevel.Warning, "set Maximum Pool Size in ConnectionStrings__Accounts");

    [Fact]
    public async Task CF_01_A_signing_key_that_no_secret_key_opens_is_told()
    {
        await using var server = await TestServer.StartAsync(postgres);
        (await Doctor.AskAsync(server.Database.ConnectionString, ("Accounts:SecretKey", "another secret key that is long enough for everybody")))
            .Finds("keys", FindingLevel.Problem, "was stored under another secret key: add that key to Accounts__PreviousSecretKeys");
    }

    [Fact]
    public async Task CF_01_That_nobody_administers_is_a_hint_until_somebody_does()
    {
        await using var server = await TestServer.StartAsync(postgres);
        (await Doctor.AskAsync(server.Database.ConnectionString)).Finds("admins", FindingLevel.Warning, "Nobody administers: create-admin EMAIL makes the first one");
        await server.CreateAdminAsync("ann@example.test");
        (await Doctor.AskAsync(server.Database.ConnectionString)).Finds("admins", FindingLevel.Ok, "Somebody administers.");
    }

    [Fact]
    public async Task CF_01_A_mail_that_waits_for_long_is_told_with_the_reason()
    {
        var connection = await postgres.CreateDatabaseAsync();
        await new TestDatabase(connection).ExecuteAsync("""
            INSERT INTO outbox_messages (id, template, recipient, payload, state, attempts, due_at, created_at, last_error)
            VALUES (gen_random_uuid(), 'verify_email', 'ann@example.test', '\x00', 'queued', 3, now(), now() - interval '7 minutes', '451 try later'),
                   (gen_random_uuid(), 'verify_email', 'bob@example.test', NULL, 'abandoned', 3, now(), now() - interval '1 hour', '550 no such user bob@example.test')
            """);
        var findings = await Doctor.AskAsync(connection);
        findings.Finds("outbox", FindingLevel.Problem, "1 mail waits, for 7 minutes. The last attempt ended so: 451 try later. What waits is sent as soon as the mail server takes it.");
        findings.Finds("outbox", FindingLevel.Warning, "1 mail of the last day was given up and is erased: mail status");
    }
}
