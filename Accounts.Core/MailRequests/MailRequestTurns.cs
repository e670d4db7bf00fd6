using Npgsql;

namespace Accounts.Core.MailRequests;

/// <summary>
/// Whose turn it is among the requests that wait: of each network the oldest, then of each the second; in each turn known browsers first, for
/// anybody can have one. Those for one address are one, so that neither a network nor an address that is asked for a thousand times keeps others
/// waiting.
/// </summary>
public sealed class MailRequestTurns(NpgsqlDataSource database, MailRequestBacklog backlog)
{
    private const int AtATime = 256;

    private static readonly string Statement = $"""
        SELECT key, (sum(count(*)) OVER ())::bigint
        FROM (SELECT key, known, asked_at, row_number() OVER (PARTITION BY known, network ORDER BY asked_at) AS turn
              FROM mail_requests WHERE purpose = ANY (@purposes)) AS asked
        GROUP BY key ORDER BY min(turn), bool_or(known) DESC, min(asked_at) LIMIT {AtATime}
        """;

    /// <param name="purposes">the words that this version knows: others wait for a newer one</param>
    /// <param name="cancellation">ends the look</param>
    /// <returns>the keys of the next</returns>
    public async Task<List<byte[]>> NextAsync(string[] purposes, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Statement);
        command.Parameters.AddWithValue("purposes", purposes);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (keys, waiting) = (new List<byte[]>(), 0L);
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add(reader.GetFieldValue<byte[]>(0));
            waiting = reader.GetInt64(1);
        }
        backlog.Report(waiting);
        return keys;
    }
}
