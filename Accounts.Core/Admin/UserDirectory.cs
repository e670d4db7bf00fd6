using System.Text.Json;
using Accounts.Core.Failures;
using Accounts.Core.Users;
using Npgsql;

namespace Accounts.Core.Admin;

/// <summary>Finds users for administrators. A search reads a stretch of an index of keys, which no wildcard widens.</summary>
public sealed class UserDirectory(NpgsqlDataSource database)
{
    /// <summary>So many are counted, and more are guessed at.</summary>
    private const int Counted = 10_000;

    /// <summary>The greatest character that there is: a key that begins with something comes before that with it at its end.</summary>
    private const string Last = "\U0010FFFF";

    private const string All = "true";

    /// <exception cref="NotFoundException">there is no such user</exception>
    public async Task<AdministeredUser> FindAsync(Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"SELECT {AdministeredUser.Columns} FROM users u WHERE u.id = @id");
        command.Parameters.AddWithValue("id", id);
        return await ReadAsync(command, cancellation) is [var user] ? user : throw new NotFoundException();
    }

    /// <param name="who">an id, an address or a username: what looks like the first, or the second, is nothing else, for a username may be chosen to look like an id</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="NotFoundException">there is no such user</exception>
    public async Task<AdministeredUser> FindAsync(string who, CancellationToken cancellation)
    {
        if (Guid.TryParseExact(who, "D", out var id))
        {
            return await FindAsync(id, cancellation);
        }
        var (column, key) = EmailAddress.TryParse(who, out var address) ? ("email_key", address.Key) : ("username_key", LookupKey.OfUsername(who));
        await using var command = database.CreateCommand($"SELECT {AdministeredUser.Columns} FROM users u WHERE u.{column} = @key");
        command.Parameters.AddWithValue("key", key);
        return await ReadAsync(command, cancellation) is [var user] ? user : throw new NotFoundException();
    }

    /// <param name="query">which</param>
    /// <param name="page">from 1 on</param>
    /// <param name="size">how many are on one</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="NotFoundException">there is no such page; the first one there always is</exception>
    public async Task<UserPage> ListAsync(UserQuery query, int page, int size, CancellationToken cancellation)
    {
        var count = await CountAsync(query, cancellation);
        var (key, order, few) = (Key(query), Order(query), Where(query) != All && count <= Counted);
        // The keys of a page are read from an index alone, and the rows of that page then.
        await using var command = Command(query, $"""
            WITH {(few ? Found(query) : "")} page AS MATERIALIZED (
              SELECT u.{key} FROM {(few ? "found u" : $"users u WHERE {Where(query)}")} ORDER BY {order} LIMIT @size OFFSET @skipped)
            SELECT {AdministeredUser.Columns} FROM page JOIN users u ON u.{key} = page.{key} ORDER BY {order}
            """);
        command.Parameters.AddWithValue("size", size);
        command.Parameters.AddWithValue("skipped", (long)(page - 1) * size);
        var users = await ReadAsync(command, cancellation);
        return users.Length == 0 && page > 1 ? throw new NotFoundException() : new UserPage(count, users);
    }

    /// <summary>Few are looked up before they are put in order: to have them in order the planner would read all users until it has met so many of them.</summary>
    private static string Found(UserQuery query) =>
        $"found AS MATERIALIZED (SELECT u.id, u.username_key, u.email_key, u.date_joined FROM users u WHERE {Where(query)}),";

    private async Task<long> CountAsync(UserQuery query, CancellationToken cancellation)
    {
        await using var command = Command(query, query.SearchesAlone
            ? $"""
                SELECT CASE WHEN most > {Counted} THEN most ELSE (SELECT count(*) FROM users u WHERE {Where(query)}) END
                FROM (SELECT greatest({Begins("username_key")}, {Begins("email_key")}) AS most) counted
                """
            : $"SELECT count(*) FROM (SELECT FROM users u WHERE {Where(query)} LIMIT {Counted + 1}) counted");
        var count = (long)(await command.ExecuteScalarAsync(cancellation))!;
        return count > Counted ? Math.Max(count, await EstimateAsync(query, cancellation)) : count;
    }

    /// <summary>In the order of its index, or the planner reads the table for as long as it takes to meet so many.</summary>
    private static string Begins(string column) => $"(SELECT count(*) FROM (SELECT FROM users u WHERE {Range(column)} ORDER BY u.{column} LIMIT {Counted + 1}) {column})";

    /// <summary>What the planner thinks.</summary>
    private async Task<long> EstimateAsync(UserQuery query, CancellationToken cancellation)
    {
        await using var command = Command(query, $"EXPLAIN (FORMAT JSON) SELECT FROM users u WHERE {Where(query)}");
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(cancellation))!);
        return plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetInt64();
    }

    private static string Where(UserQuery query)
    {
        string?[] parts =
        [
            query.Search is null ? null : $"({Range("username_key")} OR {Range("email_key")})",
            query.Active switch { true => LiveUser.ActiveSql, false => LiveUser.InactiveSql, null => null },
            query.Verified switch { true => "u.email_verified", false => "NOT u.email_verified", null => null },
            query.Role is null ? null : RoleNames.HoldsSql,
        ];
        return parts.OfType<string>().ToArray() is [_, ..] some ? string.Join(" AND ", some) : All;
    }

    private static string Range(string column) => $"u.{column} >= @from AND u.{column} < @to";

    /// <summary>That an index has beside what the list is ordered by.</summary>
    private static string Key(UserQuery query) => query.Ordering switch { UserOrdering.Username => "username_key", UserOrdering.Email => "email_key", _ => "id" };

    private static string Order(UserQuery query)
    {
        var down = query.Descending ? " DESC" : "";
        return query.Ordering switch
        {
            UserOrdering.Username => $"u.username_key{down}",
            UserOrdering.Email => $"u.email_key{down}",
            _ => $"u.date_joined{down}, u.id{down}",
        };
    }

    private NpgsqlCommand Command(UserQuery query, string statement)
    {
        var command = database.CreateCommand(statement);
        if (query.Search is not null)
        {
            var key = LookupKey.OfUsername(query.Search);
            command.Parameters.AddWithValue("from", key);
            command.Parameters.AddWithValue("to", key + Last);
        }
        if (query.Role is not null)
        {
            command.Parameters.AddWithValue("role", query.Role);
        }
        return command;
    }

    private static async Task<AdministeredUser[]> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var users = new List<AdministeredUser>();
        while (await rows.ReadAsync(cancellation))
        {
            users.Add(AdministeredUser.Read(rows));
        }
        return [.. users];
    }
}
