namespace Faults;

/// <param name="Name">by which it is asked for</param>
/// <param name="Fault">in words, for the table</param>
/// <param name="Setting">what it wants to find</param>
/// <param name="Act">the fault, under load; comes back when it is over</param>
internal sealed record Scenario(string Name, string Fault, Setting Setting, Func<Stage, Task> Act);

/// <summary>What came of one.</summary>
internal sealed record Outcome(string Fault, double PerSecond, Journal Journal, TimeSpan Recovery, string? Failure)
{
    /// <summary>Where a loss is to be expected, it is counted and told; all else is nobody's to bear.</summary>
    public bool IsGood(Setting setting) =>
        Failure is null && Journal.Wrong == 0 && Journal.SignedOut == 0
        && (setting.MayLose || Journal.Lost == 0)
        && (setting.MayDouble || Journal.Doubled == 0)
        && (!setting.Seamless || Journal.Unavailable + Journal.ProxyErrors == 0)
        && Recovery < TimeSpan.FromSeconds(5);
}
