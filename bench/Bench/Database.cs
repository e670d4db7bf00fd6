using System.Globalization;
using Accounts.Development.Postgres;
using Npgsql;

namespace Bench;

/// <summary>One database, asked now and then by a connection that is not kept.</summary>
internal sealed class Database(string connectionString)
{
    private readonly string connectionString = connectionString + ";Pooling=false;Command Timeout=1800";

    public async Task ExecuteAsync(string statement)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<double> ScalarAsync(string query)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(query, connection);
        return Convert.ToDouble(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async Task<string> TextAsync(string query)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(query, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>What the server has done to a table since it was created, once the statistics of other sessions have arrived.</summary>
    public async Task<TableWork> WorkAsync(string table)
    {
        await Task.Delay(1500);
        var wal = await ScalarAsync("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8");
        return new TableWork(
            await StatisticAsync(table, "n_tup_ins"), await StatisticAsync(table, "n_tup_upd"), await StatisticAsync(table, "n_tup_hot_upd"),
            await StatisticAsync(table, "seq_tup_read"), wal);
    }

    private Task<double> StatisticAsync(string table, string column) =>
        ScalarAsync($"SELECT {column}::float8 FROM pg_stat_user_tables WHERE relname = '{table}'");

    public Task CheckpointAsync() => ExecuteAsync("CHECKPOINT");
}

/// <summary>Rows inserted, updated, updated in their page (HOT) and read by scanning; bytes of write-ahead log of the whole server.</summary>
internal readonly record struct TableWork(double Inserted, double Updated, double Hot, double Scanned, double Wal)
{
    public static TableWork operator -(TableWork one, TableWork other) => new(
        one.Inserted - other.Inserted, one.Updated - other.Updated, one.Hot - other.Hot, one.Scanned - other.Scanned, one.Wal - other.Wal);
}
