using Accounts.Core.Import.Reading;

namespace Accounts.Core.Import.Django;

/// <summary>
/// The tables of a project, found by what they refer to, for Django calls columns by the model's name. What is proof of something, verified
/// addresses, identities and groups, is taken from tables of known names alone: another may tie people to groups as well, and be about who
/// has asked to be in them.
/// </summary>
/// <param name="Users">the users' table, by its plain name</param>
/// <param name="Query">a row a user: its key, its fields, and the rows of others, as JSON</param>
internal sealed record DjangoTables(string Users, string Query)
{
    /// <exception cref="ForeignDataException">there is no such table, or there are several</exception>
    public static async Task<DjangoTables> FindAsync(ForeignDatabase database, DjangoProject project, CancellationToken cancellation)
    {
        var (users, plain) = await UsersAsync(database, project.UserTable, cancellation);
        var key = await KeyAsync(database, users, cancellation);
        var linked = await LinkedAsync(database, users, cancellation);
        var addresses = linked.Where(table => table.Plain == "account_emailaddress").Select(table => Belonging(table, key));
        var identities = linked.Where(table => IsIdentity(table, plain)).Select(table => Belonging(table, key));
        var groups = linked.Where(table => table.Plain == $"{plain}_groups" && table.GroupColumn is not null)
            .Select(table => $"SELECT to_json(g.name) AS row FROM {table.Name} m JOIN {table.Groups} g ON g.id = m.{table.GroupColumn} WHERE m.{table.Column} = u.{key}");
        return new DjangoTables(
            plain,
            $"SELECT u.{key}::text AS key, to_json(u)::text AS fields, {Json(addresses)} AS addresses, {Json(identities)} AS identities, {Json(groups)} AS groups FROM {users} u ORDER BY u.{key}");
    }

    private static string Belonging(Linked table, string key) => $"SELECT to_json(t) AS row FROM {table.Name} t WHERE t.{table.Column} = u.{key}";

    private static string Json(IEnumerable<string> queries) => queries.ToList() is [_, ..] all
        ? $"(SELECT coalesce(json_agg(row), '[]')::text FROM ({string.Join(" UNION ALL ", all)}) rows)"
        : "'[]'::text";

    /// <summary>A package's, or the own one of the app that the users are of.</summary>
    private static bool IsIdentity(Linked table, string users) =>
        table.Plain is "socialaccount_socialaccount" or "social_auth_usersocialauth"
        || (table.HasOwnIdentities && users.Contains('_') && table.Plain == $"{users[..users.LastIndexOf('_')]}_socialaccount");

    private static async Task<(string Name, string Plain)> UsersAsync(ForeignDatabase database, string? table, CancellationToken cancellation)
    {
        const string candidates = "pg_table_is_visible(c.oid) AND 2 = (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('password', 'last_login') AND NOT a.attisdropped)";
        var which = table is null ? candidates : $"c.oid = to_regclass({Literal(table)})";
        var found = await RowsAsync(database, $"SELECT c.oid::regclass::text AS name, c.relname::text AS plain FROM pg_class c WHERE c.relkind IN ('r', 'p') AND {which} ORDER BY 1", cancellation);
        return found switch
        {
            [var one] => (one["name"]!, one["plain"]!),
            [] => throw new ForeignDataException($"The database has no table {table ?? "with password and last_login"}: name the users' by --user-table."),
            _ => throw new ForeignDataException($"The database has several tables that look like users, {string.Join(" and ", found.Select(one => one["name"]))}: say which by --user-table."),
        };
    }

    private static async Task<string> KeyAsync(ForeignDatabase database, string users, CancellationToken cancellation)
    {
        var columns = await RowsAsync(
            database,
            $"SELECT quote_ident(a.attname) AS key FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = {Literal(users)}::regclass AND i.indisprimary",
            cancellation);
        return columns is [var column] ? column["key"]! : throw new ForeignDataException($"The table {users} has no key of one column, by which its users would be known again.");
    }

    /// <summary>The tables that refer to users, and where one of them refers to groups as well, to which.</summary>
    private static async Task<List<Linked>> LinkedAsync(ForeignDatabase database, string users, CancellationToken cancellation)
    {
        var rows = await RowsAsync(
            database,
            $"""
            SELECT c.oid::regclass::text AS name, c.relname::text AS plain, quote_ident(a.attname) AS user_column, g.column AS group_column, g.name AS groups,
                (2 = (SELECT count(*) FROM pg_attribute b WHERE b.attrelid = c.oid AND b.attname IN ('provider', 'provider_uid') AND NOT b.attisdropped))::text AS own
            FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = f.conkey[1]
            LEFT JOIN LATERAL (
                SELECT quote_ident(b.attname) AS column, o.oid::regclass::text AS name
                FROM pg_constraint t JOIN pg_class o ON o.oid = t.confrelid JOIN pg_attribute b ON b.attrelid = t.conrelid AND b.attnum = t.conkey[1]
                WHERE t.conrelid = c.oid AND t.contype = 'f' AND o.relname = 'auth_group' LIMIT 1) g ON true
            WHERE f.contype = 'f' AND f.confrelid = {Literal(users)}::regclass AND cardinality(f.conkey) = 1
            ORDER BY 1, 3
            """,
            cancellation);
        return [.. rows.Select(row => new Linked(row["name"]!, row["plain"]!, row["user_column"]!, row["group_column"], row["groups"], row["own"] == "true"))];
    }

    private static async Task<List<Dictionary<string, string?>>> RowsAsync(ForeignDatabase database, string query, CancellationToken cancellation)
    {
        var rows = new List<Dictionary<string, string?>>();
        await foreach (var row in database.ReadAsync(query, cancellation))
        {
            rows.Add(row);
        }
        return rows;
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <param name="Name">as SQL writes it</param>
    /// <param name="Plain">without its schema</param>
    /// <param name="Column">that refers to the user</param>
    /// <param name="GroupColumn">that refers to a group; null where none does</param>
    /// <param name="Groups">the table of groups</param>
    /// <param name="HasOwnIdentities">whether it has <c>provider</c> and <c>provider_uid</c></param>
    private sealed record Linked(string Name, string Plain, string Column, string? GroupColumn, string? Groups, bool HasOwnIdentities);
}
