using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Accounts.Development.Postgres;
using Accounts.Core.Users;
using Npgsql;

namespace Bench;

/// <summary>PostgreSQL's own load generator: what a statement costs without any of .NET.</summary>
internal sealed partial class PgBench(string connectionString, int seconds)
{
    public async Task<Load> RunAsync(string statement, int clients)
    {
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, $"\\set id random(1, 1000)\n{statement};\n");
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(await ProgramAsync(), [
            "-n", "-M", "prepared", "-c", $"{clients}", "-j", "2", "-T", $"{seconds}", "-f", script,
            "-h", server.Host!, "-p", $"{server.Port}", "-U", server.Username!, server.Database!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var run = Process.Start(start)!;
        var output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        File.Delete(script);
        return new Load(double.Parse(Tps().Match(output).Groups[1].Value, CultureInfo.InvariantCulture), seconds, null, null, 0);
    }

    /// <summary>Beside the server's own program, to which PATH may only have a link.</summary>
    private static async Task<string> ProgramAsync()
    {
        var server = (await PostgresBinaries.FindAsync()).Postgres;
        return Path.Combine(Path.GetDirectoryName(File.ResolveLinkTarget(server, returnFinalTarget: true)?.FullName ?? server)!, "pgbench");
    }

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex Tps();
}
