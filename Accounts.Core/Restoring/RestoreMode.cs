using Accounts.Core.Data;
using Accounts.Core.Failures;
using Npgsql;

namespace Accounts.Core.Restoring;

/// <summary>
/// What a restored backup has forgotten is what was taken back since: a session that was signed out lives again, a used link is good again.
/// So everything that somebody could use ends; accounts stay. Part by part, and none twice: it may be broken off and begun again.
/// </summary>
public sealed class RestoreMode(NpgsqlDataSource database, IEnumerable<RestoreRule> rules)
{
    private const int AtATime = 5_000;

    private const string Begin = """
        WITH unfinished AS (SELECT began_at FROM restores WHERE finished_at IS NULL),
             begun AS (INSERT INTO restores (id, began_at) SELECT gen_random_uuid(), clock_timestamp() WHERE NOT EXISTS (SELECT FROM unfinished) RETURNING began_at)
        SELECT began_at FROM unfinished UNION ALL SELECT began_at FROM begun
        """;

    // Of this process there are none: what serves has not been started.
    private const string Others = """
        SELECT string_agg(DISTINCT coalesce(host(client_addr), 'this machine'), ', ') FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = current_setting('application_name')
        """;

    /// <param name="told">what has been done, and with how many rows</param>
    /// <param name="cancellation">breaks it off: the next time it goes on</param>
    /// <exception cref="StartupException">a server uses the database</exception>
    public async Task RunAsync(Action<string, long> told, CancellationToken cancellation)
    {
        await DemandAloneAsync(cancellation);
        var began = (DateTime)(await ScalarAsync(Begin, cancellation))!;
        foreach (var rule in rules)
        {
            told(rule.What, await FollowAsync(rule, began, cancellation));
        }
        await ScalarAsync("UPDATE restores SET finished_at = clock_timestamp() WHERE finished_at IS NULL", cancellation);
    }

    /// <exception cref="StartupException">it was begun, and broken off</exception>
    public async Task DemandFinishedAsync(CancellationToken cancellation)
    {
        if (await ScalarAsync("SELECT true FROM restores WHERE finished_at IS NULL", cancellation) is not null)
        {
            throw new StartupException("restore-mode has begun on this database and is not finished: run it again, and then the server.");
        }
    }

    private async Task DemandAloneAsync(CancellationToken cancellation)
    {
        database.Clear();
        if (await ScalarAsync(Others, cancellation) is string where)
        {
            throw new StartupException($"restore-mode wants every server stopped: the database is in use from {where}.");
        }
    }

    private async Task<long> FollowAsync(RestoreRule rule, DateTime began, CancellationToken cancellation)
    {
        for (long total = 0; ;)
        {
            await using var command = database.CreateCommand(rule.Statement);
            command.CommandTimeout = 0;
            command.Parameters.AddWithValue("began", began);
            command.Parameters.AddWithValue("most", AtATime);
            if (await command.ExecuteNonQueryAsync(cancellation) is var rows and > 0)
            {
                total += rows;
                continue;
            }
            return total;
        }
    }

    private async Task<object?> ScalarAsync(string statement, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(statement);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
