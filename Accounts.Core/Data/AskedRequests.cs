using Npgsql;

namespace Accounts.Core.Data;

/// <summary>What many requests ask for together, as a part of their statement.</summary>
public static class AskedRequests
{
    /// <summary>
    /// The requests as a table <c>asked</c> with these columns and <c>n</c>. Its <c>LIMIT</c> cuts nothing: without knowing the
    /// parameter PostgreSQL expects one row, so that its generic plan looks rows up by index, and is kept from the sixth
    /// execution on. By the length that it expects of an array it would scan whole tables, or plan every time anew.
    /// </summary>
    public static string Table(params string[] columns)
    {
        var arrays = string.Join(", ", Enumerable.Range(1, columns.Length).Select(n => $"${n}"));
        var names = string.Join(", ", [.. columns, "n"]);
        return $"(SELECT {names} FROM unnest({arrays}) WITH ORDINALITY given ({names}) LIMIT ${columns.Length + 1}) asked";
    }

    /// <summary>One column of that table.</summary>
    public static void AddColumn<TRequest, T>(this NpgsqlParameterCollection parameters, IReadOnlyList<TRequest> requests, Func<TRequest, T> value)
    {
        var values = new T[requests.Count];
        for (var n = 0; n < values.Length; n++)
        {
            values[n] = value(requests[n]);
        }
        parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values });
    }
}
