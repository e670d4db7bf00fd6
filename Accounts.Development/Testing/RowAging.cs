using Accounts.Core.Data;
using Npgsql;

namespace Accounts.Development.Testing;

/// <summary>Whose rows are to be older.</summary>
public sealed record AgedUser(Guid Id, string Email);

/// <summary>
/// Moves the times of rows back, as if so much time had passed. Which rows are a user's, each room says of its tables (<see cref="PersonalData"/>);
/// which columns are times, the database.
/// </summary>
public sealed class RowAging(DatabasePools pools, IEnumerable<PersonalData> personal)
{
    /// <summary>Tables of nobody, or of who is no user yet: older with everything.</summary>
    public static readonly string[] OfNobody = ["email_tickets", "erased_imports", "pending_sign_ups", "throttle_counters"];

    /// <summary>Tables whose times stay, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> Untouched = new Dictionary<string, string>
    {
        ["daily_counts"] = "days of a calendar, which others may have had, too",
        ["ended_sessions"] = "what services are told at this moment",
        ["event_heads"] = "times that are signed",
        ["feed_origins"] = "which database it is",
        ["mail_requests"] = "work of this moment, which is to be done",
        ["outbox_messages"] = "a mail that is on its way is to arrive",
        ["restores"] = "whether the server may serve",
        ["signing_keys"] = "the server's own, which go on",
        ["sweeps"] = "when housekeeping looks next",
        ["webhook_messages"] = "what is on its way is to arrive",
        ["webhook_receivers"] = "whether the server still tells them",
    };

    /// <summary>The user's row first, as everywhere.</summary>
    private const string TimeColumns = """
        SELECT table_name::text, array_agg(column_name::text) FROM information_schema.columns
        WHERE table_schema = current_schema() AND data_type = 'timestamp with time zone' AND table_name::text = ANY (@tables)
        GROUP BY table_name ORDER BY table_name <> 'users', table_name
        """;

    /// <summary>In one transaction.</summary>
    /// <param name="user">whose rows; null for all</param>
    /// <param name="by">how much older</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>how many rows of which tables</returns>
    public async Task<Dictionary<string, long>> AgeAsync(AgedUser? user, TimeSpan by, CancellationToken cancellation)
    {
        var tables = personal.ToDictionary(data => data.Table, data => data.Where);
        await using var batch = pools.Requests.CreateBatch();
        var commands = new Dictionary<string, NpgsqlBatchCommand>();
        foreach (var (table, columns) in await ReadAsync([.. tables.Keys.Concat(user is null ? OfNobody : []).Except(Untouched.Keys)], cancellation))
        {
            var older = string.Join(", ", columns.Select(column => $"{column} = {column} - @by"));
            commands[table] = Command($"UPDATE {table} SET {older} WHERE {(user is null ? "true" : tables[table])}", user, by);
            batch.BatchCommands.Add(commands[table]);
        }
        await batch.ExecuteNonQueryAsync(cancellation);
        return commands.Where(command => command.Value.RecordsAffected > 0).ToDictionary(command => command.Key, command => (long)command.Value.RecordsAffected);
    }

    private async Task<List<(string Table, string[] Columns)>> ReadAsync(string[] tables, CancellationToken cancellation)
    {
        await using var command = pools.Requests.CreateCommand(TimeColumns);
        command.Parameters.AddWithValue("tables", tables);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, string[])>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add((reader.GetString(0), reader.GetFieldValue<string[]>(1)));
        }
        return found;
    }

    private static NpgsqlBatchCommand Command(string text, AgedUser? user, TimeSpan by)
    {
        var command = new NpgsqlBatchCommand(text);
        command.Parameters.AddWithValue("by", by);
        if (user is not null)
        {
            command.Parameters.AddWithValue("user", user.Id);
            command.Parameters.AddWithValue("email", user.Email);
        }
        return command;
    }
}
