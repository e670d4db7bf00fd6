using System.Collections.Concurrent;
using System.Diagnostics;

namespace Accounts.Tests.Support;

/// <summary>The server as a process of its own: for races between nodes, kills, environments and cultures.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>Where <c>./test</c> has compiled the server ahead: without it most of the processor's time of the run goes into compiling it at each start.</summary>
    private static readonly string Folder = Environment.GetEnvironmentVariable("ACCOUNTS_TEST_SERVER") is { Length: > 0 } ahead ? ahead : AppContext.BaseDirectory;

    /// <summary>What runs the program's commands, as in <see cref="RunAsync"/>.</summary>
    public static string Program => Path.Combine(Folder, "Accounts.Development.dll");

    private readonly Process process;
    private readonly string mailboxFolder;
    private readonly ConcurrentQueue<string> output = new();

    private ServerProcess(Process process, string connectionString, int port, string mailboxFolder)
    {
        this.process = process;
        this.mailboxFolder = mailboxFolder;
        Address = new Uri($"http://localhost:{port}");
        Database = new TestDatabase(connectionString);
        Mailbox = new Mailbox(mailboxFolder);
    }

    public Uri Address { get; }

    public TestDatabase Database { get; }

    public Mailbox Mailbox { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>What it has written so far, standard output and error.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string connectionString, params (string Key, string Value)[] settings)
    {
        var started = Launch(connectionString, settings);
        try
        {
            await started.WaitUntilReadyAsync();
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it and waits for nothing. Keys are settings; a key in capitals is an environment variable as it is.</summary>
    public static ServerProcess Launch(string connectionString, params (string Key, string Value)[] settings) => Launch([], connectionString, settings);

    /// <summary>Runs one of the program's commands (<c>keys rotate</c>) to its end.</summary>
    public static async Task<ServerProcess> RunAsync(string[] command, string connectionString, params (string Key, string Value)[] settings)
    {
        var run = Launch(command, connectionString, settings);
        await run.WaitForExitAsync();
        return run;
    }

    /// <summary>Starts one of the commands and waits for nothing.</summary>
    public static ServerProcess Launch(string[] command, string connectionString, (string Key, string Value)[] settings)
    {
        var port = TestSettings.FreePort();
        var mailbox = Directory.CreateTempSubdirectory("accounts-mailbox-").FullName;
        var program = TestSettings.IsShipped(settings) ? "Accounts.Api.dll" : "Accounts.Development.dll";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Folder, program), .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (key, value) in TestSettings.For(connectionString, port, mailbox, settings))
        {
            start.Environment[Variable(key)] = value;
        }
        var started = new ServerProcess(Process.Start(start)!, connectionString, port, mailbox);
        started.Read();
        return started;
    }

    private static string Variable(string key) => key switch
    {
        "environment" => "ASPNETCORE_ENVIRONMENT",
        "urls" => "ASPNETCORE_URLS",
        _ => key.Replace(":", "__", StringComparison.Ordinal),
    };

    private void Read()
    {
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience.Of(StartLimit) && !process.HasExited; await Task.Delay(50))
        {
            try
            {
                if ((await http.GetAsync("/readyz")).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
            }
        }
        throw new InvalidOperationException($"The server {await StateAsync()}:\n{Output}");
    }

    private async Task<string> StateAsync()
    {
        if (!process.HasExited)
        {
            return $"is not ready after {Patience.Of(StartLimit).TotalSeconds:F0} s";
        }
        // Until all that it wrote is read.
        await process.WaitForExitAsync();
        return $"ended with {process.ExitCode} and was never ready";
    }

    /// <summary>For a start that is to fail: until it has ended and all that it wrote is read.</summary>
    public async Task WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience.Of(StartLimit));
        await process.WaitForExitAsync(limit.Token);
    }

    public ApiClient Client(string userAgent = "Tests/1.0") => new(Address, userAgent);

    /// <summary>As a machine that loses power: no goodbye.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>As an orchestrator ends it: SIGTERM.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }
        process.Dispose();
        Directory.Delete(mailboxFolder, recursive: true);
    }
}
