using System.Collections.Concurrent;
using System.Diagnostics;
using Accounts.Tests.Support;

namespace Accounts.Tests.Client;

/// <summary>A program of Node's that serves until it is ended.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> output = new();
    private readonly Process process;

    private NodeProcess(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has written so far.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Waits until it says that it is ready.</summary>
    public static async Task<NodeProcess> StartAsync(ProcessStartInfo start, string ready)
    {
        var started = new NodeProcess(start);
        try
        {
            await Until.TrueAsync(() => started.SaysAsync(ready), $"{start.FileName} says {ready}", Patience.Of(StartLimit));
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it has ended, and well.</summary>
    public static async Task RunAsync(ProcessStartInfo start, TimeSpan limit)
    {
        await using var started = new NodeProcess(start);
        using var end = new CancellationTokenSource(Patience.Of(limit));
        await started.process.WaitForExitAsync(end.Token);
        if (started.process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} failed:\n{started.Output}");
        }
    }

    private Task<bool> SaysAsync(string ready) => process.HasExited
        ? throw new InvalidOperationException($"It ended with {process.ExitCode}:\n{Output}")
        : Task.FromResult(Output.Contains(ready, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }
}
