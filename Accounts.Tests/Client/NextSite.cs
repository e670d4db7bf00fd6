using System.Diagnostics;
using Accounts.Tests.Support;

namespace Accounts.Tests.Client;

/// <summary><c>client/examples/nextjs</c>, built once a run, and Accounts under the same origin.</summary>
public sealed class NextSite : IAsyncDisposable
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5), BuildLimit = TimeSpan.FromMinutes(3);

    /// <summary>Its packages are many, and for <c>./test --all</c> only: they are kept here from run to run.</summary>
    private static readonly string Folder = Path.Combine(Repository.Folder, "Accounts.Tests/bin/client");

    private static readonly Lazy<Task<string>> Built = new(BuildAsync);

    private readonly NodeProcess next, proxy;

    private NextSite(TestServer server, NodeProcess next, NodeProcess proxy, int port)
    {
        (Server, this.next, this.proxy) = (server, next, proxy);
        Address = $"http://localhost:{port}/";
    }

    public TestServer Server { get; }

    public string Address { get; }

    public static async Task<NextSite> StartAsync(Postgres postgres)
    {
        var (example, port, own) = (await Built.Value, TestSettings.FreePort(), TestSettings.FreePort());
        var server = await TestServer.StartAsync(postgres, ("Accounts:PublicUrl", $"http://localhost:{port}"));
        var accounts = $"{server.Address}".TrimEnd('/');
        var next = await NodeProcess.StartAsync(Next(example, ("ACCOUNTS_URL", accounts), "start", "--port", $"{own}"), "Ready in");
        var proxy = new ProcessStartInfo("node", [Path.Combine(Repository.Folder, "client/examples/one-origin.js"), $"{port}", accounts, $"http://localhost:{own}"]);
        return new NextSite(server, next, await NodeProcess.StartAsync(proxy, $"http://localhost:{port}"), port);
    }

    private static async Task<string> BuildAsync()
    {
        var example = Path.Combine(Folder, "examples/nextjs");
        Copy(Path.Combine(Repository.Folder, "client"), Folder);
        if (!IsInstalled(example))
        {
            await NodeProcess.RunAsync(new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = example }, InstallLimit);
            File.Copy(Path.Combine(example, "package.json"), Installed(example), overwrite: true);
        }
        Copy(Path.Combine(Repository.Folder, "client"), Path.Combine(example, "node_modules/@accounts/client"));
        await NodeProcess.RunAsync(Next(example, ("CI", "1"), "build"), BuildLimit);
        return example;
    }

    private static ProcessStartInfo Next(string example, (string Name, string Value) setting, params string[] command)
    {
        var start = new ProcessStartInfo("node", ["node_modules/next/dist/bin/next", .. command]) { WorkingDirectory = example };
        start.Environment["NEXT_TELEMETRY_DISABLED"] = "1";
        start.Environment[setting.Name] = setting.Value;
        return start;
    }

    private static bool IsInstalled(string example) =>
        File.Exists(Installed(example)) && File.ReadAllText(Installed(example)) == File.ReadAllText(Path.Combine(example, "package.json"));

    private static string Installed(string example) => Path.Combine(example, "node_modules/.installed");

    /// <summary>The files that are written; what was installed or built in the example's own folder is left there.</summary>
    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
        foreach (var folder in Directory.EnumerateDirectories(from).Where(one => Path.GetFileName(one) is not ("node_modules" or ".next")))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        await next.DisposeAsync();
        await Server.DisposeAsync();
    }
}
