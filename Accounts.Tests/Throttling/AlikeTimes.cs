using System.Diagnostics;
using Xunit;

namespace Accounts.Tests.Throttling;

/// <summary>
/// That two acts take as long. A coarse net, for a noisy machine: it catches a missing hash, or a mail that is sent before
/// the answer. <c>bench/timing</c> measures finely.
/// </summary>
internal static class AlikeTimes
{
    private const int Rounds = 3;
    private const double Tolerance = 0.25;

    /// <summary>Interleaved, so that whatever else the machine does slows both alike; again where it did not.</summary>
    public static async Task AssertAsync(int times, Func<Task> one, Func<Task> other)
    {
        var ratios = new List<double>();
        do
        {
            var (ofOne, ofOther) = (new List<double>(), new List<double>());
            for (var i = 0; i < times; i++)
            {
                ofOne.Add(await MeasureAsync(one));
                ofOther.Add(await MeasureAsync(other));
            }
            ratios.Add(Median(ofOne) / Median(ofOther));
        }
        while (Math.Abs(ratios[^1] - 1) > Tolerance && ratios.Count < Rounds);
        Assert.InRange(ratios[^1], 1 - Tolerance, 1 + Tolerance);
    }

    /// <summary>The attack delays somebody so many times as long as its control does, or less.</summary>
    public static async Task AssertAtMostAsync(double most, int times, Func<Task<TimeSpan>> attack, Func<Task<TimeSpan>> control)
    {
        var ratios = new List<double>();
        do
        {
            var (ofAttack, ofControl) = (new List<double>(), new List<double>());
            for (var i = 0; i < times; i++)
            {
                ofAttack.Add((await attack()).TotalMilliseconds);
                ofControl.Add((await control()).TotalMilliseconds);
            }
            ratios.Add(Median(ofAttack) / Median(ofControl));
        }
        while (ratios[^1] > most && ratios.Count < Rounds);
        Assert.InRange(ratios[^1], 0, most);
    }

    private static async Task<double> MeasureAsync(Func<Task> act)
    {
        var started = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
