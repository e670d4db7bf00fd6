using System.Diagnostics;
using System.Net.Http.Headers;

namespace Bench;

/// <summary>A server under measurement, as a process of its own.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process process;

    private Child(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public int Id => process.Id;

    public static Task<Child> StartAsync(string program, string readyPath, string[] args, params (string Key, string Value)[] environment) =>
        StartAsync(program, (readyPath, Bearer: null), args, environment);

    /// <returns>as soon as it has answered well, for which it is asked every 5 ms from the spawn on</returns>
    public static async Task<Child> StartAsync(string program, (string Path, string? Bearer) asked, string[] args, params (string Key, string Value)[] environment)
    {
        var port = Random.Shared.Next(15_000, 32_000);
        var start = new ProcessStartInfo("dotnet", [program, .. args]) { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }
        var child = new Child(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
        child.process.OutputDataReceived += (_, _) => { };
        child.process.BeginOutputReadLine();
        await child.WaitAsync(asked);
        return child;
    }

    private async Task WaitAsync((string Path, string? Bearer) asked)
    {
        using var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = asked.Bearer is { } token ? new AuthenticationHeaderValue("Bearer", token) : null;
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(1); await Task.Delay(5))
        {
            try
            {
                using var answer = await http.GetAsync(asked.Path);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
            }
        }
        throw new InvalidOperationException("A server under measurement does not start.");
    }

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Proportional set size, in MiB: pages of .NET's own files, which all its processes share, are divided among them.</summary>
    public double Pss() => Memory("Pss:");

    /// <summary>Resident set size, in MiB: the same pages count whole, as a lone process has them.</summary>
    public double Rss() => Memory("Rss:");

    private double Memory(string name) => File.ReadLines($"/proc/{Id}/smaps_rollup").Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) / 1024).First();

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
