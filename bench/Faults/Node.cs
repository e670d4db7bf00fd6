using System.Diagnostics;

namespace Faults;

/// <summary>A process of the published server.</summary>
internal sealed class Node(string[] before, string program, int port, string log, (string, string)[] settings) : IAsyncDisposable
{
    private Process process = null!;

    public int Port => port;

    public Uri Address { get; } = new($"http://127.0.0.1:{port}");

    /// <summary>Comes back once it is ready.</summary>
    public async Task StartAsync(string? otherProgram = null)
    {
        process = Programs.Start([.. before, "dotnet", otherProgram ?? program], log, [("ASPNETCORE_URLS", Address.ToString()), .. settings]);
        await ReadyAsync();
    }

    public async Task ReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(2) };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(20))
        {
            try
            {
                using var answer = await http.GetAsync("/readyz");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !process.HasExited)
            {
            }
        }
        throw new InvalidOperationException($"A server is not ready after a minute: see {log}.");
    }

    /// <summary>Memory that is its own.</summary>
    public long ResidentMegabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / (1024 * 1024);
        }
    }

    public Task SignalAsync(string signal) => Programs.SignalAsync(signal, Programs.Family(process.Id));

    public async Task KillAsync()
    {
        await SignalAsync("KILL");
        await process.WaitForExitAsync();
    }

    /// <summary>As a deployment does.</summary>
    public async Task StopAsync()
    {
        await Programs.SignalAsync("TERM", [process.Id]);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await KillAsync();
        }
    }
}
