using Npgsql;

namespace Accounts.Core.History;

/// <summary>
/// Goes through the history from where its kept part begins to its end, in parts, and holds it against itself, against what was signed, and against a head that
/// somebody has kept elsewhere. Changes nothing, and may be done while servers run.
/// </summary>
public sealed class HistoryVerification(NpgsqlDataSource database, HeadKeys keys)
{
    private const int AtATime = 2_000;

    /// <summary>For one part: no request waits for it, and it may lie on a slow disk.</summary>
    private const int SecondsAtMost = 60;

    /// <summary>Housekeeping may take the beginning away meanwhile: it is gone through again then.</summary>
    private const int Tries = 5;

    /// <summary>At one moment: servers go on numbering.</summary>
    private const string Ends = """
        SELECT (SELECT max(number) FROM security_events), (SELECT max(began_at) FROM restores), c.number, c.link, c.origin
        FROM (SELECT 1) AS one (n) LEFT JOIN event_chain c ON true
        """;

    private const string Heads = "SELECT number, jws FROM event_heads ORDER BY number";

    private const string Part = $"SELECT {LinkedEvent.Columns} FROM security_events WHERE number > $1 AND number <= $2 ORDER BY number LIMIT $3";

    /// <summary>An id that is nobody's any more, and of whom the history says that they were erased. That of nobody never was anybody's.</summary>
    private const string Erased = """
        SELECT array_agg(asked.id) FROM unnest($1) AS asked (id)
        WHERE asked.id <> '00000000-0000-0000-0000-000000000000' AND NOT EXISTS (SELECT FROM users u WHERE u.id = asked.id)
          AND EXISTS (SELECT FROM security_events e WHERE e.user_id = asked.id AND e.kind = 'account_erased')
        """;

    private sealed record End(long Last, DateTimeOffset? Restored, long? Number, byte[]? Link, long Origin);

    /// <param name="head">one that the log has; null for none</param>
    /// <param name="cancellation">breaks it off</param>
    public async Task<HistoryReport> VerifyAsync(string? head, CancellationToken cancellation)
    {
        var open = await keys.ReadAsync(cancellation);
        for (var tries = 1; ; tries++)
        {
            var heads = await ReadHeadsAsync(open, cancellation);
            var report = await VerifyAsync(heads, head, open, cancellation);
            if (report.IsWhole || tries == Tries || (await ReadHeadsAsync(open, cancellation)).First?.Number == heads.First?.Number)
            {
                return report;
            }
        }
    }

    private async Task<HistoryReport> VerifyAsync(ChainHeads heads, string? given, Func<string, ChainHead?> open, CancellationToken cancellation)
    {
        var end = await ReadEndAsync(cancellation);
        var audit = new HistoryAudit(heads, end.Origin, given, open);
        if (end.Number is null)
        {
            audit.Find(HistoryFinding.NoEnd());
        }
        var last = end.Number ?? end.Last;
        while (await ReadPartAsync(audit.Number, last, cancellation) is { Count: > 0 } part)
        {
            audit.Go(part, await ErasedAsync(part, cancellation));
        }
        audit.Finish(last, end.Link, end.Last);
        return audit.Report(last, end.Restored);
    }

    private async Task<ChainHeads> ReadHeadsAsync(Func<string, ChainHead?> open, CancellationToken cancellation)
    {
        await using var command = Command($"SELECT clock_timestamp(); {Heads}");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        await rows.ReadAsync(cancellation);
        var now = rows.GetFieldValue<DateTimeOffset>(0);
        await rows.NextResultAsync(cancellation);
        var read = new List<(long, string)>();
        while (await rows.ReadAsync(cancellation))
        {
            read.Add((rows.GetInt64(0), rows.GetString(1)));
        }
        return ChainHeads.Of(read, open, now);
    }

    private async Task<End> ReadEndAsync(CancellationToken cancellation)
    {
        await using var command = Command(Ends);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new End(
            row.IsDBNull(0) ? 0 : row.GetInt64(0), row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1),
            row.IsDBNull(2) ? null : row.GetInt64(2), row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3), row.IsDBNull(4) ? 0 : row.GetInt64(4));
    }

    private async Task<List<LinkedEvent>> ReadPartAsync(long after, long to, CancellationToken cancellation)
    {
        await using var command = Command(Part);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(to);
        command.Parameters.AddWithValue((long)AtATime);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var part = new List<LinkedEvent>();
        while (await rows.ReadAsync(cancellation))
        {
            part.Add(LinkedEvent.Read(rows));
        }
        return part;
    }

    /// <summary>Of those who lack something, who may.</summary>
    private async Task<HashSet<Guid>> ErasedAsync(List<LinkedEvent> part, CancellationToken cancellation)
    {
        var lacking = part.SelectMany(HistoryAudit.Lacking).Distinct().ToArray();
        if (lacking.Length == 0)
        {
            return [];
        }
        await using var command = Command(Erased);
        command.Parameters.AddWithValue(lacking);
        return await command.ExecuteScalarAsync(cancellation) is Guid[] erased ? [.. erased] : [];
    }

    private NpgsqlCommand Command(string statement)
    {
        var command = database.CreateCommand(statement);
        command.CommandTimeout = SecondsAtMost;
        return command;
    }
}
