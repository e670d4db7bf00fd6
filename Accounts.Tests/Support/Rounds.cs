using System.Globalization;

namespace Accounts.Tests.Support;

/// <summary>A race is run many times, a few at once: one lucky round proves nothing. <c>ACCOUNTS_TEST_ROUNDS</c> asks for more.</summary>
public static class Rounds
{
    public static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("ACCOUNTS_TEST_ROUNDS") ?? "4", CultureInfo.InvariantCulture);

    public static Task RunAsync(int atOnce, Func<Task> round) => Parallel.ForEachAsync(
        Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) => await round());

    /// <summary>Sooner or later within a few milliseconds, so that every order of arrival comes up.</summary>
    public static async Task<T> SoonAsync<T>(Func<Task<T>> act)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(0, 8)));
        return await act();
    }
}
