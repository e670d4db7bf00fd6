using System.Data.Common;
using System.Text.Json;
using Accounts.Core.Data;
using Accounts.Core.Sessions;
using Npgsql;

namespace Accounts.Core.Export;

/// <summary>
/// Writes all that is stored of a user as JSON, a table after the other: <c>{"exported_at": "…", "users": [{…}], "sessions": […], …}</c>.
/// It is read in parts, and no connection is held while a slow reader takes one.
/// </summary>
public sealed class AccountExport(NpgsqlDataSource database, IEnumerable<PersonalData> tables, TimeProvider time)
{
    private const int RowsAtATime = 500;

    /// <param name="live">whose it is</param>
    /// <param name="output">that it is written to</param>
    /// <param name="cancellation">ends it</param>
    public async Task WriteAsync(LiveSession live, Stream output, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("exported_at", time.GetUtcNow().UtcDateTime);
        foreach (var table in tables)
        {
            json.WriteStartArray(table.Table);
            object? after = null;
            do
            {
                after = await WriteRowsAsync(json, table, live, after, cancellation);
                await json.FlushAsync(cancellation);
            }
            while (after is not null);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <returns>where the next part begins; null where this was the last</returns>
    private async Task<object?> WriteRowsAsync(Utf8JsonWriter json, PersonalData table, LiveSession live, object? after, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            SELECT {table.Key}, {string.Join(", ", table.Given)} FROM {table.Table}
            WHERE {table.Where}{(after is null ? "" : $" AND {table.Key} > @after")} ORDER BY {table.Key} LIMIT {RowsAtATime}
            """);
        command.CommandTimeout = 30;
        command.Parameters.AddWithValue("user", live.User.Id);
        command.Parameters.AddWithValue("email", live.User.Email);
        if (after is not null)
        {
            command.Parameters.AddWithValue("after", after);
        }
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var (count, last) = (0, (object?)null);
        while (await rows.ReadAsync(cancellation))
        {
            (count, last) = (count + 1, rows.GetValue(0));
            WriteRow(json, rows);
        }
        return count == RowsAtATime ? last : null;
    }

    /// <summary>All columns but the first, which is there for the order.</summary>
    private static void WriteRow(Utf8JsonWriter json, DbDataReader row)
    {
        json.WriteStartObject();
        for (var column = 1; column < row.FieldCount; column++)
        {
            json.WritePropertyName(row.GetName(column));
            WriteValue(json, row.GetValue(column), row.GetDataTypeName(column));
        }
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object value, string type)
    {
        switch (value)
        {
            case DBNull:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int or long or short:
                json.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case DateTime moment:
                json.WriteStringValue(moment);
                break;
            case Guid id:
                json.WriteStringValue(id);
                break;
            case string text when type == "jsonb":
                json.WriteRawValue(text);
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case string[] texts:
                json.WriteStartArray();
                Array.ForEach(texts, json.WriteStringValue);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }
}
