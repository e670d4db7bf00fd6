using System.Runtime.CompilerServices;
using Npgsql;

namespace Accounts.Core.Import;

/// <summary>
/// What no row tells by itself: who is there twice, or differs by case alone. The keys of all lie in temporary tables of the database, which
/// sorts and joins them on its disk, and not in this process.
/// </summary>
internal sealed class ImportKeys(NpgsqlConnection connection)
{
    private const string Make = """
        CREATE TEMP TABLE import_keys (legacy_id text COLLATE "C" NOT NULL, place text NOT NULL, username text COLLATE "C", email text COLLATE "C", spelled text COLLATE "C");
        CREATE TEMP TABLE import_identities (legacy_id text COLLATE "C" NOT NULL, place text NOT NULL, identity text COLLATE "C" NOT NULL);
        CREATE TEMP TABLE import_doubles (legacy_id text COLLATE "C" NOT NULL, place text NOT NULL, why text NOT NULL, turn bigint GENERATED ALWAYS AS IDENTITY)
        """;

    /// <summary>
    /// Who was imported and has that address or name here already keeps it: the conflict is the other's. Whose id stands twice is told that, and not
    /// that they are their own double.
    /// </summary>
    private const string Find = """
        CREATE INDEX ON import_keys (username);
        ANALYZE import_keys; ANALYZE import_identities;
        INSERT INTO import_doubles (legacy_id, place, why)
        SELECT k.legacy_id, k.place, format('The id there stands %s times.', d.times)
        FROM (SELECT legacy_id, count(*) AS times FROM import_keys WHERE legacy_id <> '' GROUP BY legacy_id HAVING count(*) > 1) d JOIN import_keys k USING (legacy_id)
        ORDER BY k.legacy_id;
        INSERT INTO import_doubles (legacy_id, place, why)
        SELECT k.legacy_id, k.place, format(
            'The address %s is also that of %s%s%s.', k.spelled, CASE WHEN k.legacy_id = d.least THEN d.greatest ELSE d.least END,
            CASE WHEN d.times > 2 THEN format(' and %s more', d.times - 2) ELSE '' END, CASE WHEN d.cased THEN '; they differ by case alone' ELSE '' END)
        FROM (
          SELECT email, count(*) AS times, min(legacy_id) AS least, max(legacy_id) AS greatest, min(spelled) <> max(spelled) AS cased
          FROM import_keys WHERE email IS NOT NULL GROUP BY email HAVING min(legacy_id) <> max(legacy_id)) d JOIN import_keys k USING (email)
        WHERE NOT EXISTS (SELECT FROM users u JOIN imported_users i ON i.user_id = u.id WHERE u.legacy_id = k.legacy_id AND u.email_key = k.email)
        ORDER BY k.email, k.legacy_id;
        INSERT INTO import_doubles (legacy_id, place, why)
        SELECT k.legacy_id, k.place, format('The username %s is also that of %s, but for case.', k.username, CASE WHEN k.legacy_id = d.least THEN d.greatest ELSE d.least END)
        FROM (
          SELECT username, min(legacy_id) AS least, max(legacy_id) AS greatest
          FROM import_keys WHERE username IS NOT NULL GROUP BY username HAVING min(legacy_id) <> max(legacy_id)) d JOIN import_keys k USING (username)
        WHERE NOT EXISTS (SELECT FROM users u JOIN imported_users i ON i.user_id = u.id WHERE u.legacy_id = k.legacy_id AND u.username_key = k.username)
        ORDER BY k.username, k.legacy_id;
        INSERT INTO import_doubles (legacy_id, place, why)
        SELECT k.legacy_id, k.place, format('The %s identity is also that of %s.', split_part(k.identity, E'\n', 1), CASE WHEN k.legacy_id = d.least THEN d.greatest ELSE d.least END)
        FROM (
          SELECT identity, min(legacy_id) AS least, max(legacy_id) AS greatest
          FROM import_identities GROUP BY identity HAVING min(legacy_id) <> max(legacy_id)) d JOIN import_identities k USING (identity)
        ORDER BY k.identity, k.legacy_id;
        CREATE INDEX ON import_doubles (legacy_id);
        ANALYZE import_doubles
        """;

    /// <summary>Reads all, and finds them.</summary>
    /// <param name="candidates">all that will come</param>
    /// <param name="cancellation">ends it</param>
    public async Task FillAsync(IAsyncEnumerable<Candidate> candidates, CancellationToken cancellation)
    {
        await connection.RunAsync(Make, cancellation);
        await foreach (var chunk in candidates.Chunk(UserImport.AtATime).WithCancellation(cancellation))
        {
            await CopyKeysAsync(chunk, cancellation);
            await CopyIdentitiesAsync(chunk, cancellation);
        }
        await connection.RunAsync(Find, cancellation);
    }

    private async Task CopyKeysAsync(Candidate[] candidates, CancellationToken cancellation)
    {
        await using var copy = await connection.BeginBinaryImportAsync("COPY import_keys (legacy_id, place, username, email, spelled) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var candidate in candidates.Where(IsKnown))
        {
            var isWhole = candidate.Refusal is null;
            await copy.StartRowAsync(cancellation);
            await copy.WriteTextAsync(candidate.LegacyId, cancellation);
            await copy.WriteTextAsync(candidate.Place, cancellation);
            await copy.WriteTextAsync(isWhole ? candidate.Username?.Key : null, cancellation);
            await copy.WriteTextAsync(isWhole ? candidate.Email!.Key : null, cancellation);
            await copy.WriteTextAsync(isWhole ? candidate.Email!.Text : null, cancellation);
        }
        await copy.CompleteAsync(cancellation);
    }

    private async Task CopyIdentitiesAsync(Candidate[] candidates, CancellationToken cancellation)
    {
        if (candidates.All(candidate => candidate.Identities.Count == 0))
        {
            return;
        }
        await using var copy = await connection.BeginBinaryImportAsync("COPY import_identities (legacy_id, place, identity) FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var candidate in candidates)
        {
            foreach (var identity in candidate.Identities)
            {
                await copy.StartRowAsync(cancellation);
                await copy.WriteTextAsync(candidate.LegacyId, cancellation);
                await copy.WriteTextAsync(candidate.Place, cancellation);
                await copy.WriteTextAsync(UserState.Key(identity), cancellation);
            }
        }
        await copy.CompleteAsync(cancellation);
    }

    /// <summary>One that cannot be read has an id, too, where that could be: it is not gone.</summary>
    public static bool IsKnown(Candidate candidate) =>
        candidate.LegacyId.Length > 0 && ImportText.Mistake(candidate.LegacyId, Users.User.LongestLegacyId) is null;

    /// <summary>Those that are there twice, group by group, before anything is written.</summary>
    public IAsyncEnumerable<ImportVerdict> DoublesAsync(CancellationToken cancellation) =>
        RowsAsync("SELECT legacy_id, place, why FROM import_doubles ORDER BY turn", "", ImportOutcome.Conflict, cancellation);

    /// <returns>those, of the ids given, whose verdict has been told already</returns>
    public async Task<HashSet<string>> ToldAmongAsync(string[] legacyIds, CancellationToken cancellation) => [.. await connection.ListAsync(
        "SELECT DISTINCT legacy_id FROM import_doubles WHERE legacy_id = ANY (@ids)", row => row.GetString(0), cancellation, ("ids", legacyIds))];

    /// <returns>those, of the usernames given, that somebody has here or will have</returns>
    public async Task<HashSet<string>> TakenAmongAsync(string[] usernames, CancellationToken cancellation) => [.. await connection.ListAsync(
        "SELECT wanted FROM unnest(@names) wanted WHERE EXISTS (SELECT FROM users u WHERE u.username_key = wanted) OR EXISTS (SELECT FROM import_keys k WHERE k.username = wanted)",
        row => row.GetString(0), cancellation, ("names", usernames))];

    /// <summary>Who was imported from there and is there no more.</summary>
    public IAsyncEnumerable<ImportVerdict> GoneAsync(string source, CancellationToken cancellation) => RowsAsync("""
        SELECT u.legacy_id, '', 'Is not there any more, and stays here.' FROM users u JOIN imported_users i ON i.user_id = u.id
        WHERE i.source = @source AND NOT EXISTS (SELECT FROM import_keys k WHERE k.legacy_id = u.legacy_id)
        """, source, ImportOutcome.Gone, cancellation);

    private async IAsyncEnumerable<ImportVerdict> RowsAsync(string query, string source, ImportOutcome outcome, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(query, connection);
        command.Parameters.AddWithValue("source", source);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            yield return new ImportVerdict(outcome, rows.GetString(0), rows.GetString(1), rows.GetString(2));
        }
    }
}
