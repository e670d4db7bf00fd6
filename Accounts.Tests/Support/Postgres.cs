using Accounts.Core.Data.Upgrade;
using Accounts.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(Postgres))]

namespace Accounts.Tests.Support;

/// <summary>One PostgreSQL for all tests. A database is a clone of a migrated template, so each server under test has its own.</summary>
public sealed class Postgres : IAsyncLifetime
{
    private const string Template = "template_accounts";

    private ChosenPostgres server = null!;
    private int databases;

    public async ValueTask InitializeAsync()
    {
        server = await ChosenPostgres.StartAsync();
        Console.Error.WriteLine($"The tests take {server.Reason}.");
        // Of hundreds of databases that live for seconds, one after the other would be looked through all the time.
        await ExecuteAsync("ALTER SYSTEM SET autovacuum = off");
        await ExecuteAsync("SELECT pg_reload_conf()");
        await DatabaseUpgrade.ApplyAsync(server.ConnectionStringFor(Template), null, NullLogger.Instance, CancellationToken.None);
    }

    /// <summary>A migrated database without a row.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = NewName();
        // Without a write-ahead log of every page: half the time where nothing is forced to disk.
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {Template} STRATEGY FILE_COPY");
        return ConnectionStringTo(name);
    }

    /// <summary>A database without a table.</summary>
    public async Task<string> CreateEmptyDatabaseAsync()
    {
        var name = NewName();
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionStringTo(name);
    }

    /// <summary>Where a database could be that does not exist.</summary>
    public string MissingDatabase() => ConnectionStringTo(NewName());

    private string NewName() => $"test_{Interlocked.Increment(ref databases)}";

    private string ConnectionStringTo(string database) => new NpgsqlConnectionStringBuilder(server.ConnectionStringFor(database))
    {
        MaxPoolSize = 12,
        // The product's 2 s are for a database that is away, not for many tests on few cores.
        Timeout = 15,
        CommandTimeout = 15,
        Options = "-c lock_timeout=15s",
        ConnectionIdleLifetime = 20,
        ConnectionPruningInterval = 5,
    }.ConnectionString;

    private async Task ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionStringFor("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
