using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>nginx or Caddy, run by the file of <c>docs/deploy</c> that guards an app; ports and names are the test's, and there is no TLS.</summary>
internal sealed class GuardingProxy : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;

    private GuardingProxy(Process process, string folder, int port)
    {
        (this.process, this.folder) = (process, folder);
        Address = new Uri($"http://localhost:{port}");
    }

    public Uri Address { get; }

    public static async Task<GuardingProxy> StartAsync(string name, TestServer server, GuardedApp app)
    {
        var (port, folder) = (TestSettings.FreePort(), Directory.CreateTempSubdirectory("accounts-proxy-").FullName);
        var file = Path.Combine(folder, "proxy.conf");
        await File.WriteAllTextAsync(file, name == "nginx" ? Nginx(folder, port, server, app) : Caddy(port, server, app));
        string[] arguments = name == "nginx" ? ["-p", folder, "-c", file] : ["run", "--config", file, "--adapter", "caddyfile"];
        var proxy = new GuardingProxy(Start(name == "nginx" ? "/usr/sbin/nginx" : "/usr/bin/caddy", arguments, folder), folder, port);
        await Until.TrueAsync(() => Task.FromResult(proxy.process.HasExited || IsListening(port)), $"{name} listens");
        Assert.False(proxy.process.HasExited, $"{name} does not take its file.");
        return proxy;
    }

    private static string Nginx(string folder, int port, TestServer server, GuardedApp app) => $$"""
        daemon off;
        master_process off;
        pid {{folder}}/pid;
        error_log {{folder}}/error.log;
        events { }
        http {
            access_log off;
            client_body_temp_path {{folder}}/body;
            proxy_temp_path {{folder}}/proxy;
            fastcgi_temp_path {{folder}}/fastcgi;
            uwsgi_temp_path {{folder}}/uwsgi;
            scgi_temp_path {{folder}}/scgi;
            {{Replaced("nginx-guard.conf", ("listen 443 ssl http2;", $"listen 127.0.0.1:{port};"), ("server_name example.com;", "server_name localhost;"),
                ("127.0.0.1:8080", $"127.0.0.1:{server.Address.Port}"), ("127.0.0.1:9000", $"127.0.0.1:{app.Port}"),
                ("ssl_certificate ", "#"), ("ssl_certificate_key ", "#"))}}
        }
        """;

    private static string Caddy(int port, TestServer server, GuardedApp app) => $$"""
        {
            admin off
            auto_https off
        }
        {{Replaced("Caddyfile.guard", ("example.com {", $"http://localhost:{port} {{"), ("127.0.0.1:8080", $"127.0.0.1:{server.Address.Port}"), ("127.0.0.1:9000", $"127.0.0.1:{app.Port}"))}}
        """;

    /// <summary>All that is replaced must be there, or the file that people copy is another.</summary>
    private static string Replaced(string file, params (string From, string To)[] pairs) => pairs.Aggregate(Repository.Read($"docs/deploy/{file}"), (text, pair) =>
    {
        Assert.Contains(pair.From, text, StringComparison.Ordinal);
        return text.Replace(pair.From, pair.To, StringComparison.Ordinal);
    });

    private static Process Start(string program, string[] arguments, string folder)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
            (start.Environment["HOME"], start.Environment["XDG_DATA_HOME"]) = (folder, folder);
            var process = Process.Start(start)!;
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            return process;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException($"{program} is not installed: run ./test --all, which sets up what the tests need.");
        }
    }

    private static bool IsListening(int port)
    {
        try
        {
            using var probe = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
