namespace Accounts.Tests.Support;

/// <summary>A race is run many times, a few at once: one lucky round proves nothing.</summary>
public static class Rounds
{
    public const int Count = 50;

    public static Task RunAsync(int atOnce, Func<Task> round) => Parallel.ForEachAsync(
        Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) => await round());
}
