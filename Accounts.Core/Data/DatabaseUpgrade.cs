using Accounts.Core.Failures;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Accounts.Core.Data;

/// <summary>Brings a database to this program's schema at start: makes it where it is missing, applies migrations under a lock.</summary>
public static class DatabaseUpgrade
{
    private const int OldestMajor = 15;

    /// <param name="connectionString">of the database</param>
    /// <param name="folder">that may be deleted to begin anew: it holds the database and what belongs to it; null where it is somebody else's</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="StartupException">unreachable, refused, too old: with what to do</exception>
    public static async Task ApplyAsync(string connectionString, string? folder, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 600, Timeout = 10 };
        try
        {
            switch (await ReadAsync(settings, cancellation))
            {
                case SchemaState.Complete:
                    return;
                case SchemaState.Unreleased:
                    throw new StartupException(
                        $"PostgreSQL at {Where(settings)} holds what a version before the first release made, which no version upgrades: "
                        + (folder is null ? "use an empty database." : $"delete {folder}."));
            }
            // EF Core's own lock ends with each migration's transaction: a node that comes in between would apply the next one twice.
            await using var turn = await TakeTurnAsync(settings, AdvisoryLock.Migrations, cancellation);
            await using var db = Open(settings.ConnectionString);
            await db.Database.MigrateAsync(cancellation);
        }
        catch (NpgsqlException e)
        {
            throw new StartupException($"PostgreSQL at {Where(settings)} cannot be used: {DatabaseFailure.Reason(e)} Check ConnectionStrings__Accounts and that the server runs.");
        }
    }

    public static AccountsDb Open(string connectionString) => new(Configure(new DbContextOptionsBuilder<AccountsDb>(), connectionString).Options);

    private static DbContextOptionsBuilder<AccountsDb> Configure(DbContextOptionsBuilder<AccountsDb> options, string connectionString)
    {
        options.UseNpgsql(connectionString);
        return options;
    }

    /// <summary>Makes the database where it is missing.</summary>
    private static async Task<SchemaState> ReadAsync(NpgsqlConnectionStringBuilder settings, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellation);
            Demand(connection.PostgreSqlVersion, settings);
            return await MigrationHistory.ReadAsync(connection, cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateAsync(settings, cancellation);
            return SchemaState.Behind;
        }
    }

    /// <summary>Two processes that both find it missing take turns; the second finds it made.</summary>
    private static async Task CreateAsync(NpgsqlConnectionStringBuilder settings, CancellationToken cancellation)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Database = "postgres" };
        await using var connection = await TakeTurnAsync(maintenance, AdvisoryLock.CreateDatabase, cancellation);
        Demand(connection.PostgreSqlVersion, settings);
        try
        {
            await ExecuteAsync(connection, $"CREATE DATABASE {new NpgsqlCommandBuilder().QuoteIdentifier(settings.Database!)}", cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
        }
    }

    /// <summary>The turn is over when the connection, which is in no pool, is closed; a killed process's turn with it.</summary>
    private static async Task<NpgsqlConnection> TakeTurnAsync(NpgsqlConnectionStringBuilder settings, AdvisoryLock key, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            await ExecuteAsync(connection, $"SELECT pg_advisory_lock({(long)key})", cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void Demand(Version version, NpgsqlConnectionStringBuilder settings)
    {
        if (version.Major < OldestMajor)
        {
            throw new StartupException($"PostgreSQL at {Where(settings)} is version {version}; Accounts needs {OldestMajor} or newer.");
        }
    }

    private static string Where(NpgsqlConnectionStringBuilder settings) => $"{settings.Host}:{settings.Port}/{settings.Database}";
}
