namespace Accounts.Core.Passwords.Hashing;

/// <summary>Runs what one thread of the pool has taken: derivations of as many iterations together where that is sooner, the rest one by one.</summary>
internal sealed class JobRunner(DerivationLanes? lanes)
{
    /// <summary>How many it can do with at a time.</summary>
    public int Most => lanes?.Count ?? 1;

    public void Run(IEnumerable<HashingJob> taken)
    {
        var jobs = taken.Where(job => job.Begin()).ToList();
        foreach (var alike in jobs.OfType<DerivationJob>().Where(Fits).GroupBy(job => job.Asked.Iterations).Select(group => group.ToArray()))
        {
            if (alike.Length >= DerivationLanes.Fewest && TryRunTogether(alike))
            {
                jobs.RemoveAll(job => alike.Contains(job));
            }
        }
        jobs.ForEach(job => job.Run());
    }

    private bool Fits(DerivationJob job) => lanes is not null && DerivationLanes.Fit(job.Asked.Parameters);

    /// <summary>What fails together is tried once more one by one: nobody harms a neighbour, and the thread goes on.</summary>
    private bool TryRunTogether(DerivationJob[] jobs)
    {
        byte[][] keys;
        try
        {
            keys = lanes!.Derive(Array.ConvertAll(jobs, job => job.Asked));
        }
        catch (Exception)
        {
            return false;
        }
        for (var i = 0; i < jobs.Length; i++)
        {
            jobs[i].Complete(keys[i]);
        }
        return true;
    }
}
