using System.Net;
using System.Runtime.CompilerServices;
using Accounts.Core.Data;
using Npgsql;

namespace Accounts.Core.Import.Reading;

/// <summary>Another system's PostgreSQL, which is read and never written: a transaction that may only read, and a cursor.</summary>
public sealed class ForeignDatabase
{
    private const int AtATime = 1000;

    private readonly NpgsqlConnectionStringBuilder settings;

    private ForeignDatabase(NpgsqlConnectionStringBuilder settings) => this.settings = settings;

    /// <param name="address"><c>postgres://user:password@host:5432/name?sslmode=require</c>, whose parts are percent-encoded, or Npgsql's form; the password may stand in <c>PGPASSWORD</c></param>
    /// <exception cref="ForeignDataException">it is neither</exception>
    public static ForeignDatabase At(string address)
    {
        try
        {
            var settings = Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "postgres" or "postgresql" ? Of(url) : new NpgsqlConnectionStringBuilder(address);
            (settings.Pooling, settings.CommandTimeout, settings.Timeout, settings.ApplicationName, settings.Options) = (false, 0, 10, "accounts-import", "-c default_transaction_read_only=on");
            return new ForeignDatabase(settings);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new ForeignDataException("--database is no address of a PostgreSQL: write postgres://user:password@host:5432/name.", e);
        }
    }

    private static NpgsqlConnectionStringBuilder Of(Uri url)
    {
        var user = url.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host.Length > 0 ? url.Host : "localhost",
            Port = url.Port > 0 ? url.Port : 5432,
            Database = Uri.UnescapeDataString(url.AbsolutePath.Trim('/')),
            Username = Uri.UnescapeDataString(user[0]),
        };
        if (user.Length > 1)
        {
            settings.Password = Uri.UnescapeDataString(user[1]);
        }
        foreach (var (name, value) in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], WebUtility.UrlDecode(pair.ElementAtOrDefault(1) ?? ""))))
        {
            _ = name switch
            {
                "sslmode" => settings["SSL Mode"] = value.Replace("-", "", StringComparison.Ordinal),
                "sslrootcert" => settings["Root Certificate"] = value,
                "host" => settings["Host"] = value,
                "port" => settings["Port"] = value,
                _ => (object)name,
            };
        }
        return settings;
    }

    /// <summary>The columns of a table; none where there is no such table.</summary>
    /// <exception cref="ForeignDataException">it cannot be reached, or lets nobody in</exception>
    public async Task<string[]> ColumnsAsync(string table, CancellationToken cancellation)
    {
        const string columns = "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass(@table) AND attnum > 0 AND NOT attisdropped ORDER BY attnum";
        await using var connection = await OpenAsync(cancellation);
        return [.. await ToldAsync(() => connection.ListAsync(columns, row => row.GetString(0), cancellation, ("table", table)))];
    }

    /// <param name="query">whose columns are all texts</param>
    /// <param name="cancellation">ends it</param>
    /// <returns>its rows, as they were when the first was read</returns>
    /// <exception cref="ForeignDataException">it cannot be reached, lets nobody in, or has no such tables</exception>
    public async IAsyncEnumerable<Dictionary<string, string?>> ReadAsync(string query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        await ToldAsync(async () =>
        {
            await connection.RunAsync($"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; DECLARE users_there NO SCROLL CURSOR FOR {query}", cancellation);
            return true;
        });
        while (await ToldAsync(() => connection.ListAsync($"FETCH {AtATime} FROM users_there", Row, cancellation)) is [_, ..] rows)
        {
            foreach (var row in rows)
            {
                yield return row;
            }
        }
    }

    private static Dictionary<string, string?> Row(NpgsqlDataReader row) =>
        Enumerable.Range(0, row.FieldCount).ToDictionary(row.GetName, i => row.IsDBNull(i) ? null : row.GetString(i));

    private Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation) => ToldAsync(async () =>
    {
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellation);
        await connection.RunAsync("SET TimeZone = 'UTC'; SET DateStyle = 'ISO'", cancellation);
        return connection;
    });

    private async Task<T> ToldAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (NpgsqlException e)
        {
            throw new ForeignDataException($"PostgreSQL at {settings.Host}, {settings.Database}, cannot be read: {DatabaseFailure.Sentence(e)}", e);
        }
    }
}
