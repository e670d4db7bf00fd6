using System.Globalization;

namespace Accounts.Tests.Support;

/// <summary>
/// How long to wait for what must come: a time that is plenty on a quiet machine, times how many want each of its cores.
/// What a test proves to be fast has a limit of its own and no patience.
/// </summary>
public static class Patience
{
    private const string Load = "/proc/loadavg";
    private const double Longest = 10;

    public static TimeSpan Of(TimeSpan onAQuietMachine) => onAQuietMachine * Math.Clamp(WaitingForACore(), 1, Longest);

    private static double WaitingForACore() => File.Exists(Load)
        ? double.Parse(File.ReadAllText(Load).Split(' ')[0], CultureInfo.InvariantCulture) / Environment.ProcessorCount
        : 1;
}
