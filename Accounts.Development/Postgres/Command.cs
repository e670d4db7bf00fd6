using System.Diagnostics;

namespace Accounts.Development.Postgres;

/// <summary>A short program run to its end.</summary>
internal static class Command
{
    public static async Task<Outcome> RunAsync(IEnumerable<string> words, CancellationToken cancel = default)
    {
        using var process = Process.Start(Quiet(words))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return new Outcome(process.ExitCode == 0, (await output).Trim(), (await errors).Trim());
    }

    /// <summary>Runs in "/", because the current folder may be closed to the user that the program becomes.</summary>
    public static ProcessStartInfo Quiet(IEnumerable<string> words)
    {
        var all = words.ToArray();
        return new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C" },
        };
    }

    public static bool IsOnPath(string program) => FoldersOnPath().Any(folder => File.Exists(Path.Combine(folder, program)));

    public static string[] FoldersOnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    internal sealed record Outcome(bool Succeeded, string Output, string Errors);
}
