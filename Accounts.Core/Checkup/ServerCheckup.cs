using System.Diagnostics.CodeAnalysis;
using Accounts.Core.Data;
using Npgsql;

namespace Accounts.Core.Checkup;

/// <summary>The doctor: tries what the server stands on, all at once, and tells in words what is wrong and what to write where.</summary>
public sealed class ServerCheckup(IEnumerable<ICheck> checks)
{
    /// <summary>Whoever has not answered within it is not there: mail servers make strangers wait for seconds.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    /// <returns>in the order of the checks, at least one of each</returns>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var looks = await Task.WhenAll(checks.Select(check => LookAsync(check, cancellation)));
        var database = looks.Where(look => look.Check is DatabaseCheck).SelectMany(look => look.Findings).Select(finding => finding.Level).Append(FindingLevel.Ok).Max();
        return [.. looks.SelectMany(look => look.Told(database))];
    }

    /// <summary>One that fails in a way that it does not know itself tells that, and keeps nobody from the others.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "What a check stumbles over is what it has found.")]
    private static async Task<Look> LookAsync(ICheck check, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeLimit);
        try
        {
            await foreach (var fault in check.LookAsync(limit.Token).WithCancellation(limit.Token))
            {
                findings.Add(new Finding(check.Name, fault.Level, fault.Text));
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            findings.Add(new Finding(check.Name, FindingLevel.Problem, $"It did not answer within {TimeLimit.TotalSeconds} seconds."));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new Look(check, findings, e);
        }
        return new Look(check, findings, null);
    }

    /// <param name="Check">who has looked</param>
    /// <param name="Findings">what it has found</param>
    /// <param name="Stumble">what kept it from looking further; null where nothing did</param>
    private sealed record Look(ICheck Check, List<Finding> Findings, Exception? Stumble)
    {
        /// <summary>Where the database lets nobody look, or has no tables yet, that is one fault, and is told by its own check.</summary>
        private FindingLevel? ToldByDatabase => Stumble switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn } => FindingLevel.Warning,
            { } e when DatabaseFailure.Away(e) is not null => FindingLevel.Problem,
            _ => null,
        };

        /// <param name="database">how much the worst that the database's own check has found matters</param>
        public IEnumerable<Finding> Told(FindingLevel database) => Stumble switch
        {
            null when Findings.Count == 0 => [new Finding(Check.Name, FindingLevel.Ok, Check.WhenWell)],
            null => Findings,
            _ when database >= ToldByDatabase => [.. Findings, new Finding(Check.Name, FindingLevel.Warning, "It was not looked at, for the database has to be asked: see there.")],
            _ => [.. Findings, new Finding(Check.Name, FindingLevel.Problem, $"It could not be tried: {DatabaseFailure.Sentence(Stumble)}")],
        };
    }
}
