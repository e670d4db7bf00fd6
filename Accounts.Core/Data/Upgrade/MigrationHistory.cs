using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Accounts.Core.Data.Upgrade;

/// <summary>What a database's schema is to this program.</summary>
public enum SchemaState
{
    /// <summary>It lacks a migration, or all of them.</summary>
    Behind,

    /// <summary>It has every migration of this program; those of a newer one, too, it may have.</summary>
    Complete,

    /// <summary>It has one from before the first of this program: no release had it, and no migration leads on from it.</summary>
    Unreleased,
}

/// <summary>
/// Which of this program's migrations a database has, by one statement. EF Core could tell too, but makes its whole
/// model first: at each start that was half of the time until the first answer.
/// </summary>
public static class MigrationHistory
{
    // Ids begin with the time at which they were made.
    private const string Compare = """
        SELECT EXISTS (SELECT FROM "__EFMigrationsHistory" WHERE "MigrationId" COLLATE "C" < @first),
               EXISTS (SELECT FROM unnest(@ids) AS known (id)
                       WHERE NOT EXISTS (SELECT FROM "__EFMigrationsHistory" WHERE "MigrationId" = known.id))
        """;

    private static readonly string[] Known =
        [.. typeof(MigrationHistory).Assembly.GetTypes().Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>()];

    /// <exception cref="NpgsqlException">the database is away</exception>
    public static async Task<SchemaState> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Compare, connection);
        command.Parameters.AddWithValue("first", Known.Min(StringComparer.Ordinal)!);
        command.Parameters.AddWithValue("ids", Known);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            await reader.ReadAsync(cancellation);
            return reader.GetBoolean(0) ? SchemaState.Unreleased : reader.GetBoolean(1) ? SchemaState.Behind : SchemaState.Complete;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return SchemaState.Behind;
        }
    }
}
