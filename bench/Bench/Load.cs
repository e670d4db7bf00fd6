using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Accounts.Api.Docs;

namespace Bench;

/// <summary>One run of wrk and what it printed, or of what else drives the server.</summary>
internal sealed partial record Load(double PerSecond, int Seconds, TimeSpan? P50, TimeSpan? P99, int Bad)
{
    /// <summary>Seconds until the compiler has compiled anew what is used much.</summary>
    public const int WarmUp = 10;

    /// <summary>Sign-ins are few a second, and so are counted for longer.</summary>
    public const int SignInWarmUp = 20;

    public double Requests => PerSecond * Seconds;

    public static double Mean(Load before, Load after) => (before.PerSecond + after.PerSecond) / 2;

    /// <param name="milliseconds">that each took</param>
    /// <param name="perSecond">so many of them; null for one after another, as fast as the middle one</param>
    /// <param name="bad">answers of them that were not as they should be</param>
    public static Load Of(IEnumerable<double> milliseconds, double? perSecond, int bad)
    {
        var sorted = milliseconds.Order().ToList();
        return new Load(perSecond ?? 1000 / At(0.5).TotalMilliseconds, 1, At(0.5), At(0.99), bad);

        TimeSpan At(double part) => TimeSpan.FromMilliseconds(sorted[(int)(part * (sorted.Count - 1))]);
    }

    public static async Task<Load> RunAsync(string script, Uri server, int threads, int connections, int seconds, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo("wrk", [
            $"-t{threads}", $"-c{connections}", $"-d{seconds}s", "--latency", "--timeout", "15s", "-s", Path.Combine(AppContext.BaseDirectory, "lua", script), server.ToString()])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }
        using var wrk = Process.Start(start)!;
        var output = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        return new Load(
            double.Parse(PerSecondLine().Match(output).Groups[1].Value, CultureInfo.InvariantCulture), seconds,
            Latency(output, "50%"), Latency(output, "99%"), int.Parse(BadLine().Match(output).Groups[1].Value, CultureInfo.InvariantCulture));
    }

    private static TimeSpan Latency(string output, string percentile)
    {
        var latency = Regex.Match(output, $@"^\s+{percentile}\s+([\d.]+)(us|ms|s|m)", RegexOptions.Multiline).Groups;
        var number = double.Parse(latency[1].Value, CultureInfo.InvariantCulture);
        return latency[2].Value switch
        {
            "us" => TimeSpan.FromMicroseconds(number),
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            _ => TimeSpan.FromMinutes(number),
        };
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecondLine();

    [GeneratedRegex(@"bad (\d+)")]
    private static partial Regex BadLine();
}
