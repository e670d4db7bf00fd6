using System.Runtime.CompilerServices;
using Accounts.Core.Data;
using Accounts.Core.Data.Upgrade;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Accounts.Core.Checkup;

/// <summary>PostgreSQL as the settings name it: there, new enough, writable, with the rights and the schema that are needed.</summary>
public sealed class DatabaseCheck(DatabaseConnection database, DatabasePools pools) : ICheck
{
    private const string Ask = """
        SELECT pg_is_in_recovery(), current_setting('transaction_read_only') = 'on', current_setting('server_encoding'), current_user,
               current_schema() IS NOT NULL AND has_schema_privilege(current_schema(), 'CREATE'),
               (SELECT coalesce(string_agg(c.relname, ', ' ORDER BY c.relname), '') FROM pg_class c
                WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname = ANY (@tables)
                  AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
                           AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'))),
               (SELECT d.datcollversion IS DISTINCT FROM pg_database_collation_actual_version(d.oid)
                FROM pg_database d WHERE d.datname = current_database()),
               (SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int)
        """;

    public string Name => "database";

    public string WhenWell => "PostgreSQL answers, is new enough, writes, and has this version's schema and the rights that are needed.";

    public async IAsyncEnumerable<Fault> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, Timeout = 10, CommandTimeout = 10 };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        var where = DatabaseUpgrade.Where(settings);
        if (await OpenFaultAsync(connection, settings, cancellation) is { } away)
        {
            yield return away;
            yield break;
        }
        if (DatabaseUpgrade.TooOld(connection.PostgreSqlVersion) is { } tooOld)
        {
            yield return Fault.Problem($"PostgreSQL at {where} {tooOld}");
        }
        foreach (var fault in await FaultsAsync(connection, where, cancellation))
        {
            yield return fault;
        }
        if (await SchemaFaultAsync(connection, cancellation) is { } schema)
        {
            yield return schema;
        }
    }

    /// <summary>Ours: there may be others' beside them.</summary>
    private static string[] Tables(NpgsqlConnection connection)
    {
        using var db = DatabaseUpgrade.Open(connection.ConnectionString);
        return [HistoryRepository.DefaultTableName, .. db.Model.GetEntityTypes().Select(entity => entity.GetTableName()).OfType<string>()];
    }

    /// <summary>How many connections this node may open at once.</summary>
    private int Most => new[] { pools.Requests, pools.Batches }.Sum(pool => new NpgsqlConnectionStringBuilder(pool.ConnectionString).MaxPoolSize);

    private static async Task<Fault?> OpenFaultAsync(NpgsqlConnection connection, NpgsqlConnectionStringBuilder settings, CancellationToken cancellation)
    {
        var where = DatabaseUpgrade.Where(settings);
        try
        {
            await connection.OpenAsync(cancellation);
            return null;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return await MayMakeAsync(settings, cancellation)
                ? Fault.Warning($"There is no database {where} yet: the first start makes it.")
                : Fault.Problem($"There is no database {where}, and its user {settings.Username} may not make it: CREATE DATABASE {settings.Database} OWNER {settings.Username}, as an administrator of PostgreSQL, or correct ConnectionStrings__Accounts.");
        }
        catch (NpgsqlException e)
        {
            return Fault.Problem($"PostgreSQL at {where} cannot be used: {DatabaseFailure.Sentence(e)} Check ConnectionStrings__Accounts and that the server runs.");
        }
    }

    /// <summary>Where the first start goes to make it.</summary>
    private static async Task<bool> MayMakeAsync(NpgsqlConnectionStringBuilder settings, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Database = "postgres" }.ConnectionString);
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user", connection);
            return await command.ExecuteScalarAsync(cancellation) is true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task<List<Fault>> FaultsAsync(NpgsqlConnection connection, string where, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Ask, connection);
        command.Parameters.AddWithValue("tables", Tables(connection));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        var faults = new List<Fault>();
        Add(row.GetBoolean(0), Fault.Problem($"PostgreSQL at {where} is a standby, to which nothing can be written: name the primary in ConnectionStrings__Accounts, or all hosts with Target Session Attributes=primary."));
        Add(!row.GetBoolean(0) && row.GetBoolean(1), Fault.Problem($"PostgreSQL at {where} lets nobody write (default_transaction_read_only): switch that off there."));
        Add(row.GetString(2) != "UTF8", Fault.Problem($"The database is encoded in {row.GetString(2)}, which cannot hold every name: make it anew with ENCODING 'UTF8'."));
        Add(!row.GetBoolean(4), Fault.Problem($"The database user {row.GetString(3)} may not make tables: GRANT CREATE ON SCHEMA public TO {row.GetString(3)}, or let it own the database."));
        Add(row.GetString(5).Length > 0, Fault.Problem($"The database user {row.GetString(3)} may not read and write {row.GetString(5)}: let it own them, or GRANT ALL ON ALL TABLES IN SCHEMA public TO {row.GetString(3)}."));
        Add(row.GetBoolean(6), Fault.Warning("The operating system's collation has changed since the database was made, so that indexes on text may be wrong: REINDEX DATABASE, then ALTER DATABASE … REFRESH COLLATION VERSION."));
        Add(Most > row.GetInt32(7), Fault.Warning($"This node alone may open {Most} connections, and PostgreSQL gives {row.GetInt32(7)} to all: set Maximum Pool Size in ConnectionStrings__Accounts to what the nodes can share."));
        return faults;

        void Add(bool isSo, Fault fault)
        {
            if (isSo)
            {
                faults.Add(fault);
            }
        }
    }

    private static async Task<Fault?> SchemaFaultAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        await MigrationHistory.ReadAsync(connection, cancellation) switch
        {
            SchemaState.Behind => Fault.Warning("The database lacks migrations of this version: the next start applies them, or the command migrate."),
            SchemaState.Unreleased => Fault.Problem("The database holds what a version before the first release made, which no version upgrades: use an empty one."),
            _ => null,
        };
}
