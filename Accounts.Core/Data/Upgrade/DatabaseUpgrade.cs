using Accounts.Core.Failures;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Accounts.Core.Data.Upgrade;

/// <summary>Brings a database to this program's schema at start: makes it where it is missing, applies migrations under a lock.</summary>
public static partial class DatabaseUpgrade
{
    private const int OldestMajor = 15;
    private static readonly TimeSpan TurnAgain = TimeSpan.FromMilliseconds(250);

    /// <param name="connectionString">of the database</param>
    /// <param name="folder">that may be deleted to begin anew: it holds the database and what belongs to it; null where it is somebody else's</param>
    /// <param name="log">hears what is waited for</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="StartupException">unreachable, refused, too old, a migration that fails: with what to do</exception>
    public static async Task ApplyAsync(string connectionString, string? folder, ILogger log, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 600, Timeout = 10 };
        try
        {
            switch (await ReadAsync(settings, log, cancellation))
            {
                case SchemaState.Complete:
                    return;
                case SchemaState.Unreleased:
                    throw new StartupException(
                        $"PostgreSQL at {Where(settings)} holds what a version before the first release made, which no version upgrades: "
                        + (folder is null ? "use an empty database." : $"delete {folder}."));
            }
            // EF Core's own lock ends with each migration's transaction: a node that comes in between would apply the next one twice.
            await using var turn = await TakeTurnAsync(settings, AdvisoryLock.Migrations, log, cancellation);
            await new MigrationRun(settings, turn, log).ApplyAsync(cancellation);
        }
        catch (NpgsqlException e)
        {
            throw new StartupException($"PostgreSQL at {Where(settings)} cannot be used: {DatabaseFailure.Sentence(e)} Check ConnectionStrings__Accounts and that the server runs.");
        }
    }

    public static AccountsDb Open(string connectionString) => new(Configure(new DbContextOptionsBuilder<AccountsDb>(), connectionString).Options);

    private static DbContextOptionsBuilder<AccountsDb> Configure(DbContextOptionsBuilder<AccountsDb> options, string connectionString)
    {
        options.UseNpgsql(connectionString).ReplaceService<IHistoryRepository, OpenMigrationHistory>();
        return options;
    }

    /// <summary>Makes the database where it is missing.</summary>
    private static async Task<SchemaState> ReadAsync(NpgsqlConnectionStringBuilder settings, ILogger log, CancellationToken cancellation)
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
            await CreateAsync(settings, log, cancellation);
            return SchemaState.Behind;
        }
    }

    /// <summary>Two processes that both find it missing take turns; the second finds it made.</summary>
    private static async Task CreateAsync(NpgsqlConnectionStringBuilder settings, ILogger log, CancellationToken cancellation)
    {
        var maintenance = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Database = "postgres" };
        await using var connection = await TakeTurnAsync(maintenance, AdvisoryLock.CreateDatabase, log, cancellation);
        Demand(connection.PostgreSqlVersion, settings);
        try
        {
            await ExecuteAsync(connection, $"CREATE DATABASE {new NpgsqlCommandBuilder().QuoteIdentifier(settings.Database!)}", cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
        }
    }

    /// <summary>
    /// The turn is over when the connection, which is in no pool, is closed; a killed process's turn with it. It is asked for again
    /// and again: a statement that waits for it would hold a snapshot, for the end of which an index that is built concurrently waits.
    /// </summary>
    private static async Task<NpgsqlConnection> TakeTurnAsync(NpgsqlConnectionStringBuilder settings, AdvisoryLock key, ILogger log, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            for (var isFirst = true; !await TryTakeTurnAsync(connection, key, cancellation); isFirst = false)
            {
                if (isFirst)
                {
                    LogTurn(log, Where(settings));
                }
                await Task.Delay(TurnAgain, cancellation);
            }
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> TryTakeTurnAsync(NpgsqlConnection connection, AdvisoryLock key, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({(long)key})", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <returns>the rest of a sentence about the server; null where it is new enough</returns>
    public static string? TooOld(Version version) =>
        version.Major < OldestMajor ? $"is version {version}; Accounts needs {OldestMajor} or newer." : null;

    private static void Demand(Version version, NpgsqlConnectionStringBuilder settings)
    {
        if (TooOld(version) is { } tooOld)
        {
            throw new StartupException($"PostgreSQL at {Where(settings)} {tooOld}");
        }
    }

    public static string Where(NpgsqlConnectionStringBuilder settings) => $"{settings.Host}:{settings.Port}/{settings.Database}";

    [LoggerMessage(LogLevel.Information, "Another process is at the schema of {Where}, and is waited for.")]
    private static partial void LogTurn(ILogger log, string where);
}
