using System.Diagnostics.CodeAnalysis;
using Accounts.Core.Data;

namespace Accounts.Core.Checkup;

/// <summary>The doctor: tries what the server stands on, all at once, and tells in words what is wrong and what to write where.</summary>
public sealed class ServerCheckup(IEnumerable<ICheck> checks)
{
    /// <summary>Whoever has not answered within it is not there: mail servers make strangers wait for seconds.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    /// <returns>in the order of the checks, at least one of each</returns>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var found = await Task.WhenAll(checks.Select(check => LookAsync(check, cancellation)));
        return [.. found.SelectMany(findings => findings)];
    }

    /// <summary>One that fails in a way that it does not know itself tells that, and keeps nobody from the others.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "What a check stumbles over is what it has found.")]
    private static async Task<List<Finding>> LookAsync(ICheck check, CancellationToken cancellation)
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
            findings.Add(new Finding(check.Name, FindingLevel.Problem, $"It could not be tried: {DatabaseFailure.Reason(e)}"));
        }
        return findings.Count > 0 ? findings : [new Finding(check.Name, FindingLevel.Ok, check.WhenWell)];
    }
}
