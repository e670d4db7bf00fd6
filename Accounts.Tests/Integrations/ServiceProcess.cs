using System.Diagnostics;
using Accounts.Tests.Support;

namespace Accounts.Tests.Integrations;

/// <summary>A service as a process of its own.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> output, errors;

    private ServiceProcess(Process process)
    {
        this.process = process;
        (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    /// <summary>Starts it and waits until something answers at its port.</summary>
    public static async Task<ServiceProcess> StartAsync(ProcessStartInfo start, int port)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var service = new ServiceProcess(Process.Start(start)!);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Until.TrueAsync(() => service.AnswersAsync(http), $"{string.Join(' ', start.ArgumentList)} answers");
        return service;
    }

    /// <summary>Node looks for packages beside the program: there are those that ./test has installed.</summary>
    public static void LinkNodePackages(string folder) =>
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Path.Combine(Repository.Folder, "Accounts.Tests", "Support", "node", "node_modules"));

    private async Task<bool> AnswersAsync(HttpClient http)
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"The service has ended: run ./test, which sets up what the tests need.\n{await output}{await errors}");
        }
        try
        {
            using var answer = await http.GetAsync("/");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
