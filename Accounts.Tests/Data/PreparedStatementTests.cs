using Accounts.Core.Data.Upgrade;
using Accounts.Tests.Support;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>
/// What a node of before has prepared, while another one migrates: of columns that stay, values and collation must not change, or each of its connections
/// fails with each of its statements once.
/// </summary>
public sealed class PreparedStatementTests(Postgres postgres)
{
    /// <summary>The last one before administrators.</summary>
    private const string Before = "20261128194710_TicketPurposes";

    [Theory]
    [InlineData("users"), InlineData("sessions"), InlineData("security_events"), InlineData("email_verification_tokens"), InlineData("social_accounts")]
    public async Task DU_06_What_was_prepared_before_a_migration_is_answered_behind_it(string table)
    {
        var database = await AtAsync(Before);
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var columns = new NpgsqlCommand(
            "SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped", connection);
        columns.Parameters.AddWithValue(table);
        await using var statement = new NpgsqlCommand($"SELECT {await columns.ExecuteScalarAsync()} FROM {table} LIMIT 1", connection);
        await statement.PrepareAsync();
        await statement.ExecuteNonQueryAsync();
        await DatabaseUpgrade.ApplyAsync(database, null, NullLogger.Instance, CancellationToken.None);
        await statement.ExecuteNonQueryAsync();
    }

    private async Task<string> AtAsync(string schema)
    {
        var database = await postgres.CreateEmptyDatabaseAsync();
        await using var db = DatabaseUpgrade.Open($"{database};Pooling=false");
        await db.GetService<IMigrator>().MigrateAsync(schema);
        return database;
    }
}
