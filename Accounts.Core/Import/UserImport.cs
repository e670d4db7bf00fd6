using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Accounts.Core.Audit;
using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Accounts.Core.Import;

/// <summary>
/// Brings the users of another system over, and later what has changed of them there. It may be run again at any time, and after it was killed:
/// each is found by the id that they have there, and by nothing else.
/// </summary>
public sealed class UserImport(DatabaseConnection database)
{
    /// <summary>In a transaction.</summary>
    internal const int AtATime = 1000;

    private const int Told = 10_000;

    /// <param name="source">whom to import; read twice</param>
    /// <param name="rules">how</param>
    /// <param name="report">hears each verdict: first of those who are there twice, then of all others in their order, then who is gone</param>
    /// <param name="cancellation">ends it; what is committed stays, and another run goes on from there</param>
    /// <exception cref="ForeignDataException">it cannot be read, or not any further</exception>
    /// <exception cref="ImportRunningException">another one is at work</exception>
    public async Task<ImportSummary> RunAsync(IForeignUsers source, ImportRules rules, ImportReport report, CancellationToken cancellation)
    {
        await using var connection = await ImportConnection.OpenAsync(database.ConnectionString, cancellation);
        var (summary, keys) = (new ImportSummary(), new ImportKeys(connection));
        await keys.FillAsync(ReadAsync(source, new CandidateReader(rules, new ImportSummary()), "compared", report, cancellation), cancellation);
        await TellAsync(keys.DoublesAsync(cancellation), summary, report);
        var batch = new ImportBatch(connection, keys, source.Name, rules);
        await foreach (var candidates in ReadAsync(source, new CandidateReader(rules, summary), rules.DryRun ? "looked at" : "imported", report, cancellation).Chunk(AtATime).WithCancellation(cancellation))
        {
            var told = await keys.ToldAmongAsync([.. candidates.Where(ImportKeys.IsKnown).Select(candidate => candidate.LegacyId)], cancellation);
            foreach (var verdict in await batch.DoAsync([.. candidates.Where(candidate => !told.Contains(candidate.LegacyId))], cancellation))
            {
                await TellAsync(verdict, summary, report);
            }
        }
        await TellAsync(keys.GoneAsync(source.Name, cancellation), summary, report);
        if (!rules.DryRun)
        {
            await RecordAsync(connection, source.Name, summary, cancellation);
        }
        return summary;
    }

    private static async IAsyncEnumerable<Candidate> ReadAsync(
        IForeignUsers source, CandidateReader reader, string done, ImportReport report, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var count = 0L;
        await foreach (var user in source.ReadAsync(cancellation).WithCancellation(cancellation))
        {
            yield return reader.Read(user);
            if (++count % Told == 0)
            {
                report.Progress(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {done}"));
            }
        }
    }

    private static async Task TellAsync(IAsyncEnumerable<ImportVerdict> verdicts, ImportSummary summary, ImportReport report)
    {
        await foreach (var verdict in verdicts)
        {
            await TellAsync(verdict, summary, report);
        }
    }

    private static Task TellAsync(ImportVerdict verdict, ImportSummary summary, ImportReport report)
    {
        summary.Count(verdict);
        return report.Row(verdict);
    }

    /// <summary>One event of the whole, beside those of who was changed or came with a role.</summary>
    private static async Task RecordAsync(NpgsqlConnection connection, string source, ImportSummary summary, CancellationToken cancellation)
    {
        await using var db = new AccountsDb(new DbContextOptionsBuilder<AccountsDb>().UseNpgsql(connection).Options);
        var counts = Enum.GetValues<ImportOutcome>().Select(outcome => KeyValuePair.Create<string, JsonNode?>(SnakeCaseEnum<ImportOutcome>.Word(outcome), summary[outcome]));
        var after = new JsonObject([KeyValuePair.Create<string, JsonNode?>("source", source), .. counts]);
        db.SecurityEvents.Add(SecurityEvent.OfAct(SecurityEventKind.UsersImported, Guid.Empty, Actor.Operator, before: null, after.ToJsonString(), await db.NowAsync(cancellation)));
        await db.SaveChangesAsync(cancellation);
    }
}
