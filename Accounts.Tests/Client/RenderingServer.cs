using System.Diagnostics;
using Accounts.Tests.Support;

namespace Accounts.Tests.Client;

/// <summary>A server that renders, in plain Node, by <c>client/server.js</c>.</summary>
public sealed class RenderingServer : IAsyncDisposable
{
    private readonly Process process;

    private RenderingServer(Process process, int port) => (this.process, Address) = (process, new Uri($"http://localhost:{port}"));

    public Uri Address { get; }

    public static async Task<RenderingServer> StartAsync(Uri api)
    {
        var port = TestSettings.FreePort();
        var script = Path.Combine(Repository.Folder, "Accounts.Tests/Support/node/rendering-server.mjs");
        var process = Process.Start(new ProcessStartInfo("node", [script, $"{port}", $"{api}".TrimEnd('/')])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        return await process.StandardOutput.ReadLineAsync() == "ready"
            ? new RenderingServer(process, port)
            : throw new InvalidOperationException($"The rendering server did not start: run ./test, which sets up what the tests need.\n{await error}");
    }

    /// <summary>A page, as a browser with this cookie asks for it. What the answer sets, the browser keeps.</summary>
    public async Task<Answer> OpenAsync(string cookies, string path = "/", params (string Name, string Value)[] headers)
    {
        using var browser = new ApiClient(Address, "Tests/1.0");
        return await browser.GetAsync(path, [("Cookie", cookies), .. headers]);
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
