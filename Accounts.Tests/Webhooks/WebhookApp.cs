using System.Diagnostics;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>A receiver that is a process of its own and keeps what it hears in a file, whatever becomes of the servers.</summary>
public sealed class WebhookApp : IAsyncDisposable
{
    private readonly Process process;
    private readonly string name, file, port;

    private WebhookApp(Process process, string name, string file, string port) => (this.process, this.name, this.file, this.port) = (process, name, file, port);

    /// <param name="name">of the receiver in the settings</param>
    /// <param name="chaos">how many of a thousand it answers 500; some more it drops, or never answers</param>
    public static async Task<WebhookApp> StartAsync(string name, int chaos = 0)
    {
        var file = Path.GetTempFileName();
        var script = Path.Combine(Repository.Folder, "Accounts.Tests", "Support", "node", "webhook-ear.mjs");
        var process = Process.Start(new ProcessStartInfo("node", [script, file, WebhookEar.Secret, $"{chaos}"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var port = await process.StandardOutput.ReadLineAsync();
        Assert.True(int.TryParse(port, out _), "node and the packages of Support/node are needed: run ./test, which sets them up.");
        return new WebhookApp(process, name, file, port!);
    }

    public (string Key, string Value)[] Settings => [($"Accounts:Webhooks:{name}:Url", $"http://127.0.0.1:{port}/"), ($"Accounts:Webhooks:{name}:Secret", WebhookEar.Secret)];

    /// <summary>What it has taken, each as often as it came.</summary>
    public (string Id, string Type, Guid User)[] Heard()
    {
        var lines = File.ReadAllLines(file);
        Assert.DoesNotContain(lines, line => line.StartsWith("refused", StringComparison.Ordinal));
        return [.. lines.Select(line => line.Split(' ')).Select(parts => (parts[0], parts[1], Guid.Parse(parts[2])))];
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        File.Delete(file);
    }
}
