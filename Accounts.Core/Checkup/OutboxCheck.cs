using System.Runtime.CompilerServices;
using Npgsql;

namespace Accounts.Core.Checkup;

/// <summary>Whether mails leave: none waits for long, none was given up lately.</summary>
public sealed class OutboxCheck(NpgsqlDataSource database) : ICheck
{
    private const string Waiting = """
        SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::int, coalesce(max(last_error), '')
        FROM outbox_messages WHERE state IN ('queued', 'sending') AND created_at < clock_timestamp() - interval '5 minutes'
        """;

    private const string Abandoned = "SELECT count(*) FROM outbox_messages WHERE state = 'abandoned' AND created_at > clock_timestamp() - interval '1 day'";

    public string Name => "outbox";

    public string WhenWell => "No mail waits for longer than 5 minutes.";

    public async IAsyncEnumerable<Fault> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using (var command = database.CreateCommand(Waiting))
        {
            await using var row = await command.ExecuteReaderAsync(cancellation);
            await row.ReadAsync(cancellation);
            if (row.GetInt64(0) > 0)
            {
                var waiting = row.GetInt64(0) == 1 ? "1 mail waits, for" : $"{row.GetInt64(0)} mails wait, the oldest for";
                yield return Fault.Problem(
                    $"{waiting} {row.GetInt32(1) / 60} minutes. {(row.GetString(2) is { Length: > 0 } reason ? $"The last attempt ended so: {reason.TrimEnd('.')}." : "None was tried: does a server run?")} What waits is sent as soon as the mail server takes it.");
            }
        }
        await using var given = database.CreateCommand(Abandoned);
        if (await given.ExecuteScalarAsync(cancellation) is > 0L and long count)
        {
            var gone = count == 1 ? "1 mail of the last day was given up and is erased" : $"{count} mails of the last day were given up and are erased";
            yield return Fault.Warning($"{gone}: mail status shows why. Whoever waits for one asks for another.");
        }
    }
}
