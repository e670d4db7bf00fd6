namespace Accounts.Tests.MailRequests;

/// <summary>Whether two lots of times can be told apart, by their ranks (the normal approximation: good from 8 of each on).</summary>
internal static class MannWhitney
{
    /// <summary>How likely a difference at least as large is where there is none.</summary>
    public static double Chance(IReadOnlyCollection<double> one, IReadOnlyCollection<double> other)
    {
        double pairs = (double)one.Count * other.Count;
        var above = one.Sum(a => other.Sum(b => a > b ? 1.0 : a < b ? 0.0 : 0.5));
        var deviation = Math.Sqrt(pairs * (one.Count + other.Count + 1) / 12);
        return Math.Min(1, 2 * Tail(Math.Max(0, Math.Abs(above - pairs / 2) - 0.5) / deviation));
    }

    /// <summary>The standard normal distribution beyond z, to 7.5e-8 (Abramowitz and Stegun, 26.2.17).</summary>
    private static double Tail(double z)
    {
        var t = 1 / (1 + 0.2316419 * z);
        var polynomial = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
    }
}
