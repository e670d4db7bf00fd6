using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Accounts.Core.Data;

/// <summary>
/// Whether a database has all migrations of this program, by one statement. EF Core could tell too, but makes its whole
/// model first: at each start that was half of the time until the first answer.
/// </summary>
public static class MigrationHistory
{
    private const string Lacking = """
        SELECT EXISTS (SELECT FROM unnest(@ids) AS known (id)
                       WHERE NOT EXISTS (SELECT FROM "__EFMigrationsHistory" WHERE "MigrationId" = known.id))
        """;

    private static readonly string[] Known =
        [.. typeof(MigrationHistory).Assembly.GetTypes().Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>()];

    /// <exception cref="NpgsqlException">the database is away</exception>
    public static async Task<bool> IsCompleteAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Lacking, connection);
        command.Parameters.AddWithValue("ids", Known);
        try
        {
            return await command.ExecuteScalarAsync(cancellation) is false;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return false;
        }
    }
}
