namespace Accounts.Core.History;

/// <summary>What came out when the history was gone through.</summary>
/// <param name="Begins">where the kept part begins, signed; null where nothing says so</param>
/// <param name="End">the number of the last event</param>
/// <param name="Signed">how far it is signed; null where nothing is</param>
/// <param name="Events">that were gone through</param>
/// <param name="Erased">of them, those of which something went with a person who was erased</param>
/// <param name="Given">the head that was to be compared; null where none was given, or it is none</param>
/// <param name="Restored">when a backup was last put back</param>
/// <param name="Findings">what is wrong, the first of it</param>
/// <param name="Wrong">how much is wrong; 0: the history is whole</param>
public sealed record HistoryReport(
    ChainHead? Begins, long End, ChainHead? Signed, long Events, long Erased, ChainHead? Given, DateTimeOffset? Restored, IReadOnlyList<HistoryFinding> Findings, long Wrong)
{
    public bool IsWhole => Wrong == 0;
}
