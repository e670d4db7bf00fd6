using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Faults;

/// <summary>Programs that are run, and signals to processes that this one has started.</summary>
internal static class Programs
{
    private static readonly ConcurrentBag<Process> Started = [];

    static Programs()
    {
        AppDomain.CurrentDomain.UnhandledException += (_, _) => KillAll();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => KillAll();
    }

    /// <summary>However this ends, nothing stays behind.</summary>
    private static void KillAll()
    {
        foreach (var process in Started.Where(process => !process.HasExited))
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public static Process Start(string[] words, string log, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }
        var process = Process.Start(start)!;
        Started.Add(process);
        var file = TextWriter.Synchronized(new StreamWriter(log, append: true) { AutoFlush = true });
        process.OutputDataReceived += (_, line) => file.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => file.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public static async Task RunAsync(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', words)}: {await output}{await errors}");
        }
    }

    /// <summary>One at a time: of a family, some may have gone by themselves.</summary>
    public static async Task SignalAsync(string signal, IEnumerable<int> processes)
    {
        foreach (var id in processes)
        {
            using var kill = Process.Start(new ProcessStartInfo("/bin/kill", [$"-{signal}", id.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
            await kill.WaitForExitAsync();
        }
    }

    /// <summary>A process and what it has started.</summary>
    public static int[] Family(int parent) => [parent, .. ChildrenOf(parent).SelectMany(Family)];

    private static IEnumerable<int> ChildrenOf(int parent)
    {
        var file = $"/proc/{parent}/task/{parent}/children";
        return File.Exists(file) ? File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture)) : [];
    }
}
