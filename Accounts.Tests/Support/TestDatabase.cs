using Npgsql;

namespace Accounts.Tests.Support;

/// <summary>Looks into a server's database, and ages or spoils its rows: what a test asserts besides the answer.</summary>
public sealed class TestDatabase(string connectionString)
{
    public string ConnectionString => connectionString;

    public async Task<int> ExecuteAsync(string statement, params (string Name, object Value)[] parameters)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = Command(connection, statement, parameters);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<T> ScalarAsync<T>(string statement, params (string Name, object Value)[] parameters)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = Command(connection, statement, parameters);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public Task<long> CountAsync(string table, string where = "true", params (string Name, object Value)[] parameters) =>
        ScalarAsync<long>($"SELECT count(*) FROM {table} WHERE {where}", parameters);

    /// <summary>Waits until a number of other connections to this database are in a state; seen from outside, so that looking needs no connection to it.</summary>
    public Task UntilConnectionsAsync(int count, string where)
    {
        var here = new NpgsqlConnectionStringBuilder(connectionString);
        var outside = new TestDatabase(new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        return Until.TrueAsync(
            async () => await outside.CountAsync("pg_stat_activity", $"datname = @name AND backend_type = 'client backend' AND ({where})", ("name", here.Database!)) == count,
            $"{count} connections where {where}", TimeSpan.FromMinutes(1));
    }

    /// <summary>How many statements wait for a lock now.</summary>
    public Task<long> BlockedAsync() => CountAsync("pg_stat_activity", "datname = current_database() AND wait_event_type = 'Lock'");

    /// <summary>Everything that is stored, as text: to look for what must not be. Where the sweep stands moves by itself, events get their numbers and links and are counted, and ended sessions get numbers.</summary>
    public async Task<string> DumpAsync()
    {
        var tables = await ScalarAsync<string[]>("SELECT array_agg(tablename::text) FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('sweeps', 'daily_counts', 'event_chain', 'event_heads')");
        var dump = await Task.WhenAll(tables.Select(table => ScalarAsync<string>(
            $"SELECT coalesce(string_agg(line, E'\\n' ORDER BY line), '') FROM (SELECT {(table is "security_events" or "ended_sessions" ? "(to_jsonb(t) - '{number,salt,fields_hash,actor_salt,actor_fields_hash,link}'::text[])" : "t")}::text AS line FROM \"{table}\" t) lines")));
        return string.Join('\n', dump);
    }

    /// <summary>The dump that another is compared with: once the last failures, which are written a second later, are among the events.</summary>
    public async Task<string> SettledDumpAsync()
    {
        var (dump, last) = (await DumpAsync(), "");
        while (dump != last || await CountAsync("outbox_messages", "state = 'sending' OR (state = 'queued' AND due_at <= clock_timestamp())") > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            (dump, last) = (await DumpAsync(), dump);
        }
        return dump;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string statement, (string Name, object Value)[] parameters)
    {
        var command = new NpgsqlCommand(statement, connection);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }
        return command;
    }
}
