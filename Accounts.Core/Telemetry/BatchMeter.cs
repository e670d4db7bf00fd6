namespace Accounts.Core.Telemetry;

/// <summary>Counts the batches of one statement.</summary>
public sealed class BatchMeter(AccountsMeter meter, string statement)
{
    /// <param name="size">how many go together</param>
    /// <param name="since">the moment at which the first of them came</param>
    public void Record(int size, long since) => meter.Batch(statement, size, since);
}
