using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Bench;

/// <summary>One run of wrk and what it printed.</summary>
internal sealed partial record Load(double PerSecond, int Seconds, string P50, string P99, int Bad)
{
    /// <summary>Seconds until the compiler has compiled anew what is used much.</summary>
    public const int WarmUp = 10;

    public double Requests => PerSecond * Seconds;

    public static double Mean(Load before, Load after) => (before.PerSecond + after.PerSecond) / 2;

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

    private static string Latency(string output, string percentile) => Regex.Match(output, $@"^\s+{percentile}\s+(\S+)", RegexOptions.Multiline).Groups[1].Value;

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecondLine();

    [GeneratedRegex(@"bad (\d+)")]
    private static partial Regex BadLine();
}
