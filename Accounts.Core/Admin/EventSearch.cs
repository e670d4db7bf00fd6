using System.Runtime.CompilerServices;
using Npgsql;

namespace Accounts.Core.Admin;

/// <summary>Finds events of all users by their numbers. Those of the last second or so have none yet, and come with the next question.</summary>
public sealed class EventSearch(NpgsqlDataSource database)
{
    private const int AtATime = 500;

    /// <summary>
    /// Numbers and times are in nearly the same order: a stretch of numbers that is a little too long keeps a question for a day from reading all
    /// the others, and the times themselves decide.
    /// </summary>
    private const string FromSince = """
        at >= @since AND number >= (SELECT coalesce(min(n), 9223372036854775807) FROM (
          SELECT number AS n FROM security_events WHERE number IS NOT NULL AND at >= @since - interval '1 hour' ORDER BY at LIMIT 100) first)
        """;

    /// <inheritdoc cref="FromSince"/>
    private const string ToUntil = """
        at < @until AND number <= (SELECT coalesce(max(n), 0) FROM (
          SELECT number AS n FROM security_events WHERE number IS NOT NULL AND at < @until + interval '1 hour' ORDER BY at DESC LIMIT 100) last)
        """;

    /// <param name="query">which</param>
    /// <param name="newestFirst">else the oldest</param>
    /// <param name="most">so many at most</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task<AdministeredEvent[]> ReadAsync(EventQuery query, bool newestFirst, int most, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            SELECT {AdministeredEvent.Columns} FROM security_events
            WHERE {string.Join(" AND ", Conditions(query))} ORDER BY number{(newestFirst ? " DESC" : "")} LIMIT @most
            """);
        Fill(command.Parameters, query);
        command.Parameters.AddWithValue("most", most);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var events = new List<AdministeredEvent>();
        while (await rows.ReadAsync(cancellation))
        {
            events.Add(Read(rows));
        }
        return [.. events];
    }

    /// <summary>All of them, the oldest first, in parts: no connection is held while a slow reader takes one.</summary>
    public async IAsyncEnumerable<AdministeredEvent[]> ReadAllAsync(EventQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        AdministeredEvent[] part;
        do
        {
            part = await ReadAsync(query, newestFirst: false, AtATime, cancellation);
            yield return part;
            query = query with { After = part.Length > 0 ? part[^1].Number : query.After };
        }
        while (part.Length == AtATime);
    }

    private static IEnumerable<string> Conditions(EventQuery query)
    {
        string?[] conditions =
        [
            "number IS NOT NULL",
            query.Kind is null ? null : "kind COLLATE \"C\" = @kind",
            query.UserId is null ? null : "user_id = @user",
            query.ActorId is null ? null : "actor_id = @actor",
            query.Since is null ? null : FromSince,
            query.Until is null ? null : ToUntil,
            query.After is null ? null : "number > @after",
            query.Before is null ? null : "number < @before",
        ];
        return conditions.OfType<string>();
    }

    private static void Fill(NpgsqlParameterCollection parameters, EventQuery query)
    {
        (string Name, object? Value)[] values =
        [
            ("kind", query.Kind), ("user", query.UserId), ("actor", query.ActorId), ("since", query.Since), ("until", query.Until), ("after", query.After), ("before", query.Before),
        ];
        foreach (var (name, value) in values)
        {
            if (value is not null)
            {
                parameters.AddWithValue(name, value);
            }
        }
    }

    private static AdministeredEvent Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetGuid(3), row.IsDBNull(4) ? null : row.GetGuid(4), row.GetString(5), row.GetString(6),
        row.IsDBNull(7) ? null : row.GetString(7), row.IsDBNull(8) ? null : row.GetString(8), row.GetInt32(9), row.GetBoolean(10));
}
